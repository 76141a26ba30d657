package dev.rnn4j.graph;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A graph as a list: all nodes that some are computed from, and these, operands first; each has its
 * number in the list.
 */
public final class Order {
  private static final int PAGE = 1 << 10;

  private final Node[] nodes;

  /** The id from which on ids lie so close together that a table holds their numbers. */
  private final long dense;

  private final int[] numbers;

  /** The numbers of all operands, one node's after the other, and where each node's begin. */
  private final int[] operands;

  private final int[] begins;

  /** Lists a graph. */
  public Order(Collection<? extends Node> roots) {
    nodes = collect(roots);
    int first = 0;
    while (first < nodes.length && range(first) > 8L * nodes.length) {
      first++;
    }
    dense = first < nodes.length ? nodes[first].id() : Long.MAX_VALUE;
    numbers = new int[first < nodes.length ? (int) range(first) : 0];
    Arrays.fill(numbers, -1);
    for (int i = first; i < nodes.length; i++) {
      numbers[(int) (nodes[i].id() - dense)] = i;
    }
    begins = new int[nodes.length + 1];
    for (int i = 0; i < nodes.length; i++) {
      begins[i + 1] = begins[i] + nodes[i].operands().size();
    }
    operands = new int[begins[nodes.length]];
    for (int i = 0; i < nodes.length; i++) {
      List<Node> own = nodes[i].operands();
      for (int k = 0; k < own.size(); k++) {
        operands[begins[i] + k] = of(own.get(k));
      }
    }
  }

  private long range(int first) {
    return nodes[nodes.length - 1].id() - nodes[first].id() + 1;
  }

  /** Sweeps over the ids downwards, in pages: operands have smaller ids than what reads them. */
  private static Node[] collect(Collection<? extends Node> roots) {
    Pages pages = new Pages();
    roots.forEach(pages::add);
    Map.Entry<Long, Node[]> page = pages.all.lastEntry();
    while (page != null) {
      Node[] nodes = page.getValue();
      for (int i = PAGE - 1; i >= 0; i--) {
        if (nodes[i] != null) {
          List<Node> operands = nodes[i].operands();
          for (int k = 0; k < operands.size(); k++) {
            pages.add(operands.get(k));
          }
        }
      }
      page = pages.all.lowerEntry(page.getKey());
    }
    return pages.nodes();
  }

  private static final class Pages {
    final NavigableMap<Long, Node[]> all = new TreeMap<>();

    /** Those asked for last, by the last bits of their keys. */
    private final Node[][] recent = new Node[8][];

    private final long[] keys = new long[recent.length];
    private int count;

    void add(Node node) {
      long key = node.id() / PAGE;
      int slot = (int) (key % recent.length);
      if (keys[slot] != key || recent[slot] == null) {
        recent[slot] = all.computeIfAbsent(key, absent -> new Node[PAGE]);
        keys[slot] = key;
      }
      Node[] page = recent[slot];
      int at = (int) (node.id() % PAGE);
      count += page[at] == null ? 1 : 0;
      page[at] = node;
    }

    Node[] nodes() {
      Node[] nodes = new Node[count];
      int next = 0;
      for (Node[] page : all.values()) {
        for (Node node : page) {
          if (node != null) {
            nodes[next++] = node;
          }
        }
      }
      return nodes;
    }
  }

  /** Returns the nodes, as a list that does not change. */
  public List<Node> nodes() {
    return Collections.unmodifiableList(Arrays.asList(nodes));
  }

  /** Returns how many nodes there are. */
  public int size() {
    return nodes.length;
  }

  /** Returns the node with a number. */
  public Node node(int number) {
    return nodes[number];
  }

  /** Returns how many operands the node with a number has. */
  public int operands(int number) {
    return begins[number + 1] - begins[number];
  }

  /** Returns the number of an operand of the node with a number. */
  public int operand(int number, int position) {
    return operands[begins[number] + position];
  }

  /** Returns the number of a node, or −1 where it is not in the graph. */
  public int of(Node node) {
    long at = node.id() - dense;
    if (at >= 0) {
      return at < numbers.length ? numbers[(int) at] : -1;
    }
    int low = 0;
    int high = nodes.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (nodes[middle] == node) {
        return middle;
      }
      if (nodes[middle].id() < node.id()) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }
}
