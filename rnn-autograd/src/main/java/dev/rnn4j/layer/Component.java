package dev.rnn4j.layer;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.op.State;

/** One component of a state in a loop: the nodes of all time steps are one family. */
final class Component {
  private final State initial;
  private final State later;
  private Node value;
  private boolean begun;

  Component(String name, Node first) {
    this.initial = new State(name, true);
    this.later = new State(name, false);
    this.value = first;
  }

  /** Returns the value before the step that is being written, as a new node. */
  Node before() {
    Node before = Node.apply(begun ? later : initial, value);
    begun = true;
    return before;
  }

  /** Returns the value that the last step left, or the one to begin with. */
  Node value() {
    return value;
  }

  void leave(Node next) {
    value = next;
  }
}
