package dev.rnn4j.cut;

import dev.rnn4j.cut.Role.Kind;
import dev.rnn4j.graph.Order;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out what of a graph can be computed in segments of its sequences, from the graph itself:
 * built at two lengths, it shows which axes count time steps, and each op what it makes of them.
 */
public final class Cut {
  private Cut() {}

  /** Returns the roles of the roots, which are those of the same graph at two lengths. */
  public static List<Role> roles(Traced shorter, Traced longer) {
    Order a = new Order(shorter.roots());
    Order b = new Order(longer.roots());
    Lengths lengths = new Lengths(a, shorter.steps(), b, longer.steps());
    Roles ofShorter = new Roles(shorter, a, lengths);
    Roles ofLonger = new Roles(longer, b, lengths);
    List<Role> roles = new ArrayList<>();
    for (int i = 0; i < shorter.roots().size(); i++) {
      Role one = ofShorter.of(shorter.roots().get(i));
      Role other = ofLonger.of(longer.roots().get(i));
      roles.add(lengths.areAlike() ? both(one, other) : Role.mixed(OTHER_LINES));
    }
    return roles;
  }

  private static final String OTHER_LINES =
      "the objective builds another graph for sequences of another length; what is written for each"
          + " time step in turn can be a cell";

  private static Role both(Role one, Role other) {
    boolean last = one.is(Kind.STEP) && other.is(Kind.STEP);
    if (last || one.kind() == other.kind()) {
      return one;
    }
    Role mixed = other.is(Kind.MIXED) ? other : one;
    return mixed.is(Kind.MIXED) ? mixed : Role.mixed(OTHER_LINES);
  }
}
