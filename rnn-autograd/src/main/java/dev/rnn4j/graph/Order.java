package dev.rnn4j.graph;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
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

  /** The numbers of all operands, those of the last node first. */
  private final int[] operands;

  /** Where the operands of each node begin there, and where those of the first end. */
  private final int[] begins;

  /** Lists a graph. */
  public Order(Collection<? extends Node> roots) {
    Sweep sweep = new Sweep(roots);
    nodes = sweep.nodes();
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
    begins = Arrays.copyOf(sweep.begins, nodes.length + 1);
    operands = new int[begins[nodes.length]];
    for (int i = 0; i < operands.length; i++) {
      operands[i] = of(sweep.operands[i]);
    }
  }

  private long range(int first) {
    return nodes[nodes.length - 1].id() - nodes[first].id() + 1;
  }

  /** Goes over the ids downwards, in pages: operands have smaller ids than what reads them. */
  private static final class Sweep {
    /** So many pages from the last one down are found by their place. */
    private static final int NEAR = 1 << 12;

    private final long last;
    private Node[][] near = new Node[16][];

    /** The pages before those, by how far down they are. */
    private final NavigableMap<Long, Node[]> far = new TreeMap<>();

    /** What was met, later nodes first. */
    private Node[] met = new Node[PAGE];

    private int[] begins = new int[PAGE];
    private int count;

    /** The ids of their operands. */
    private long[] operands = new long[PAGE];

    private int operandCount;

    Sweep(Collection<? extends Node> roots) {
      last = roots.stream().mapToLong(Node::id).max().orElse(0) / PAGE;
      roots.forEach(root -> add(root, root.id()));
      for (int down = 0; down < near.length; down++) { // becomes longer on the way
        meet(near[down]);
      }
      for (Long down = far.isEmpty() ? null : far.firstKey(); down != null; ) {
        meet(far.get(down));
        down = far.higherKey(down);
      }
    }

    private void add(Node node, long id) {
      long down = last - id / PAGE;
      page(down)[(int) (id % PAGE)] = node;
    }

    private Node[] page(long down) {
      if (down >= NEAR) {
        return far.computeIfAbsent(down, absent -> new Node[PAGE]);
      }
      int at = (int) down;
      if (at >= near.length) {
        near = Arrays.copyOf(near, Math.max(2 * near.length, at + 1));
      }
      if (near[at] == null) {
        near[at] = new Node[PAGE];
      }
      return near[at];
    }

    private void meet(Node[] page) {
      for (int i = PAGE - 1; page != null && i >= 0; i--) {
        if (page[i] != null) {
          meet(page[i]);
        }
      }
    }

    private void meet(Node node) {
      List<Node> own = node.operands();
      int size = own.size();
      if (count + 1 == met.length) {
        met = Arrays.copyOf(met, 2 * met.length);
        begins = Arrays.copyOf(begins, 2 * begins.length);
      }
      if (operandCount + size > operands.length) {
        operands = Arrays.copyOf(operands, Math.max(2 * operands.length, operandCount + size));
      }
      for (int i = 0; i < size; i++) {
        Node operand = own.get(i);
        long id = operand.id();
        operands[operandCount++] = id;
        add(operand, id);
      }
      met[count++] = node;
      begins[count] = operandCount;
    }

    /** Returns all nodes, operands first. */
    Node[] nodes() {
      Node[] nodes = new Node[count];
      for (int i = 0; i < count; i++) {
        nodes[i] = met[count - 1 - i];
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
    int last = nodes.length - 1 - number;
    return begins[last + 1] - begins[last];
  }

  /** Returns the number of an operand of the node with a number. */
  public int operand(int number, int position) {
    return operands[begins[nodes.length - 1 - number] + position];
  }

  /** Returns the number of a node, or −1 where it is not in the graph. */
  public int of(Node node) {
    return of(node.id());
  }

  private int of(long id) {
    long at = id - dense;
    if (at >= 0) {
      return at < numbers.length ? numbers[(int) at] : -1;
    }
    int low = 0;
    int high = nodes.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (nodes[middle].id() == id) {
        return middle;
      }
      if (nodes[middle].id() < id) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }
}
