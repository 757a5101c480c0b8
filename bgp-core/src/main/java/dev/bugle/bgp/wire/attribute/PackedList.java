package dev.bugle.bgp.wire.attribute;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.ToIntFunction;

/**
 * An immutable list of values of 32 bits without an object for each: tables hold millions of them.
 *
 * @param <E> a value; its hash code is its bits
 */
abstract class PackedList<E> extends AbstractList<E> implements RandomAccess {

  private final int[] words;

  /** Takes the array, which nobody changes any more. */
  PackedList(int[] words) {
    this.words = words;
  }

  /** The bits of these values. */
  static <E> int[] words(List<E> values, ToIntFunction<E> bits) {
    int[] words = new int[values.size()];
    for (int i = 0; i < words.length; i++) {
      words[i] = bits.applyAsInt(values.get(i));
    }
    return words;
  }

  /** The value of these bits. */
  abstract E value(int word);

  /** The bits of the value at this index. */
  int word(int index) {
    return words[index];
  }

  /** Puts the bits of all values there. */
  void copyTo(int[] target, int at) {
    System.arraycopy(words, 0, target, at, words.length);
  }

  @Override
  public E get(int index) {
    return value(words[index]);
  }

  @Override
  public int size() {
    return words.length;
  }

  @Override
  public boolean contains(Object wanted) {
    int bits = wanted.hashCode();
    for (int word : words) {
      if (word == bits && value(word).equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object other) {
    if (other instanceof PackedList<?> packed && packed.getClass() == getClass()) {
      return Arrays.equals(words, packed.words);
    }
    return super.equals(other);
  }

  /** As that of every list with these values. */
  @Override
  public int hashCode() {
    return Arrays.hashCode(words);
  }
}
