package dev.bugle.bgp.rib.table;

import dev.bugle.bgp.wire.AddressFamily;
import dev.bugle.bgp.wire.CodecContext;
import dev.bugle.bgp.wire.Nlri;
import dev.bugle.bgp.wire.message.UpdatePacker;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** For destinations of any kind. */
final class NlriIndex implements DestinationIndex {

  private final AddressFamily family;
  private Map<Nlri, Integer> numbers = new HashMap<>();
  private List<@Nullable Nlri> destinations = new ArrayList<>();
  private final BitSet used = new BitSet();

  NlriIndex(AddressFamily family) {
    this.family = family;
  }

  @Override
  public int find(Nlri destination) {
    return numbers.getOrDefault(destination, NONE);
  }

  @Override
  public int findOrAdd(Nlri destination) {
    return numbers.computeIfAbsent(destination, this::add);
  }

  private int add(Nlri destination) {
    int number = used.nextClearBit(0);
    used.set(number);
    if (number == destinations.size()) {
      destinations.add(destination);
    } else {
      destinations.set(number, destination);
    }
    return number;
  }

  @Override
  public void remove(int number) {
    numbers.remove(get(number));
    used.clear(number);
    destinations.set(number, null);
    if (numbers.isEmpty()) { // gives back what it had for many
      numbers = new HashMap<>();
      destinations = new ArrayList<>();
    }
  }

  @Override
  public Nlri get(int number) {
    Nlri destination = destinations.get(number);
    if (destination == null) {
      throw new IllegalArgumentException("there is no destination " + number);
    }
    return destination;
  }

  @Override
  public void write(int number, long pathIdentifier, UpdatePacker packer) {
    packer.nlri(pathIdentifier, get(number));
  }

  @Override
  public int encodedLength(int number, CodecContext context) {
    return context.nlriCodecs().encodedLength(family, get(number), context);
  }

  @Override
  public boolean isUsed(int number) {
    return used.get(number);
  }

  @Override
  public int limit() {
    return used.length();
  }

  @Override
  public int size() {
    return numbers.size();
  }
}
