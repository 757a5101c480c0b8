package dev.bugle.advertiser.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading strictly, writing plainly. */
class JsonTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "-9223372036854775808",
        "1.5",
        "\"\"",
        "\"a\\\"b\\\\c\\n\\u0000 \u00fc \ud83c\udfba\"",
        "[]",
        "{}",
        "{\"b\":1,\"a\":[{\"c\":null},false]}"
      })
  void whatIsReadIsWrittenTheSame(String text) throws MalformedJsonException {
    assertThat(JsonText.write(JsonText.read(text))).isEqualTo(text);
    assertThat(JsonText.read(text.getBytes(StandardCharsets.UTF_8)).toString()).isEqualTo(text);
    assertThat(JsonText.read(JsonText.pretty(JsonText.read(text))).toString()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1",
        "[1,]",
        "{\"a\":1,}",
        "{\"a\"}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1,\"a\":2}",
        "[1] [2]",
        "1 2",
        "01",
        "+1",
        ".5",
        "1.",
        "NaN",
        "Infinity",
        "1e999",
        "9223372036854775808",
        "\"a\nb\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"a",
        "// c\n1",
        "/* c */1",
        "nul",
        "]",
        "\ufeff1"
      })
  void whatIsNotJsonIsRefused(String text) {
    assertThatThrownBy(() -> JsonText.read(text)).isInstanceOf(MalformedJsonException.class);
    assertThatThrownBy(() -> JsonText.read(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(MalformedJsonException.class);
  }

  @Test
  void theTextMustBeUtf8() {
    assertThatThrownBy(() -> JsonText.read("\"a\"".getBytes(StandardCharsets.UTF_16LE)))
        .isInstanceOf(MalformedJsonException.class);
    assertThatThrownBy(() -> JsonText.read(new byte[] {'"', (byte) 0xc0, (byte) 0xae, '"'}))
        .hasMessage("the text is not UTF-8");
  }

  @Test
  void depthAndLengthsHaveTheirBounds() throws MalformedJsonException {
    String deep = "[".repeat(JsonText.MAX_DEPTH) + "]".repeat(JsonText.MAX_DEPTH);
    assertThat(JsonText.read(deep).toString()).isEqualTo(deep);
    assertThatThrownBy(() -> JsonText.read("[" + deep + "]"))
        .isInstanceOf(MalformedJsonException.class);
    String large = "\"" + "a".repeat(JsonText.MAX_STRING) + "\"";
    assertThat(JsonText.read(large).text().orElseThrow()).hasSize(JsonText.MAX_STRING);
    assertThatThrownBy(() -> JsonText.read("\"a" + large.substring(1)))
        .isInstanceOf(MalformedJsonException.class);
    assertThatThrownBy(() -> JsonText.read("{\"" + "a".repeat(300) + "\":1}"))
        .isInstanceOf(MalformedJsonException.class);
    assertThatThrownBy(() -> JsonText.read("1" + "0".repeat(100) + ".0"))
        .isInstanceOf(MalformedJsonException.class);
  }

  @Test
  void aMessageSaysWhere() {
    assertThatThrownBy(() -> JsonText.read("{\n  \"a\": x}"))
        .hasMessageStartingWith("line 2, column ");
  }

  @Test
  void fieldsAreAskedForByName() throws MalformedJsonException {
    Json json = JsonText.read("{\"a\":\"x\",\"b\":[1,true],\"c\":null}");
    assertThat(json.find("a").flatMap(Json::text)).contains("x");
    assertThat(json.find("b").orElseThrow().items().get(0).whole()).contains(1L);
    assertThat(json.find("b").orElseThrow().items().get(1).flag()).contains(true);
    assertThat(json.find("c")).contains(Json.Nothing.NULL);
    assertThat(json.find("d")).isEmpty();
    assertThat(Json.of("a").find("a")).isEmpty();
  }

  @Test
  void aFieldIsSaidOnce() {
    assertThatThrownBy(() -> Json.object().put("a", 1).put("a", 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Json.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
  }
}
