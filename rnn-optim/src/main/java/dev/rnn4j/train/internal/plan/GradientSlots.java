package dev.rnn4j.train.internal.plan;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.graph.Assignment.Trained;
import dev.rnn4j.train.internal.memory.Budget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where gradients lie between computing and updating: one place for each trained parameter. What
 * several batches give is added up in a fixed binary tree, whose partial sums lie in places like
 * these. Adding allocates nothing once there are as many partial sums as it takes.
 */
public final class GradientSlots {
  /** Partial sums of so many batches as a power of two, and the plans that use them. */
  private record Level(Session keep, Session add) {}

  private final List<Trained> trained;
  private final Map<String, Parameter> byPath = new LinkedHashMap<>();
  private final List<Parameter> places;
  private final Weights weights;
  private final int threads;
  private final List<Level> levels = new ArrayList<>();
  private Session norm;
  private Node normNode;
  private Updates.ScalarSet scalars;
  private Budget.Charge charge;

  /**
   * Creates the places.
   *
   * @param all all parameters of the model by path
   * @param weights those of the training
   */
  public GradientSlots(
      List<Trained> trained, Map<String, Parameter> all, Weights weights, int threads) {
    this.trained = trained;
    this.places = trained.stream().map(each -> place(each, "gradient")).toList();
    this.weights = weights;
    this.threads = threads;
    all.forEach(
        (path, parameter) -> {
          for (int i = 0; i < places.size(); i++) {
            if (trained.get(i).parameter() == parameter) {
              byPath.put(path, places.get(i));
            }
          }
        });
  }

  /** Says where plans and partial sums are counted. */
  public void charge(Budget.Charge newCharge) {
    charge = newCharge;
  }

  private static Parameter place(Trained each, String what) {
    return Parameter.of(each.path() + "/" + what, Tensor.zeros(each.parameter().shape()));
  }

  /** Returns the places, in the order of the trained parameters. */
  public List<Parameter> places() {
    return places;
  }

  /** Takes what a plan has computed as the gradients. */
  public void take(Session session, List<Node> gradients) {
    for (int i = 0; i < places.size(); i++) {
      weights.set(places.get(i), session.get(gradients.get(i)));
    }
  }

  public Tensor get(String path) {
    return weights.get(place(path));
  }

  public void set(String path, Tensor gradient) {
    checkFits(path, gradient);
    weights.set(place(path), gradient);
  }

  /** Returns all of them by the paths of the parameters. */
  public Map<String, Tensor> all() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    trained.forEach(each -> all.put(each.path(), get(each.path())));
    return all;
  }

  /** Sets all of them; where one is missing or does not fit, none. */
  public void setAll(Map<String, Tensor> gradients) {
    Map<String, Tensor> all = all();
    for (String path : all.keySet()) {
      checkArgument(gradients.containsKey(path), "there is no gradient for %s", path);
    }
    gradients.forEach(this::checkFits);
    gradients.forEach((path, gradient) -> weights.set(place(path), gradient));
  }

  private void checkFits(String path, Tensor gradient) {
    checkNotNull(gradient, "a training step was given null as the gradient of %s", path);
    checkArgument(
        gradient.shape().equals(place(path).shape()),
        "the gradient of %s %s was given in the shape %s",
        path,
        place(path).shape(),
        gradient.shape());
  }

  private Parameter place(String path) {
    Parameter place = byPath.get(path);
    checkArgument(place != null, "no parameter %s is trained, only %s", path, byPath.keySet());
    return place;
  }

  /** Returns the Euclidean norm over what of them takes part in the update of the moment. */
  public double norm(Updates updates) {
    if (norm == null) {
      normNode = updates.norm(places);
      Plan.Builder plan = Plan.of(normNode);
      scalars = updates.scalarsOf(plan);
      norm = session(plan);
    }
    scalars.set(norm);
    return norm.compute().value(normNode);
  }

  /**
   * Adds up: the gradients of batch {@code number} lie in the places, and those of the batches
   * before were given to this. After the last one, the places hold the sum.
   */
  public void add(int number, boolean last) {
    int level = 0;
    int rest = number;
    for (; (rest & 1) == 1; rest >>= 1) {
      level(level++).add().run();
    }
    if (!last) {
      level(level).keep().run();
      return;
    }
    for (; rest != 0; rest >>= 1, level++) {
      if ((rest & 1) == 1) {
        level(level).add().run();
      }
    }
  }

  private Level level(int number) {
    while (levels.size() <= number) {
      String name = "partial sum " + levels.size();
      List<Parameter> sums = trained.stream().map(each -> place(each, name)).toList();
      Plan.Builder keep = Plan.of();
      Plan.Builder add = Plan.of();
      for (int i = 0; i < places.size(); i++) {
        keep.update(sums.get(i), places.get(i));
        add.update(places.get(i), sums.get(i).plus(places.get(i)));
      }
      levels.add(new Level(session(keep), session(add)));
      charge.add(bytes(sums));
    }
    return levels.get(number);
  }

  private Session session(Plan.Builder plan) {
    Plan compiled = plan.weights(weights).threads(threads).compile(weights.precision());
    Session session = compiled.session();
    charge.add(compiled.bytes() + session.bytes());
    return session;
  }

  private long bytes(List<Parameter> parameters) {
    return parameters.stream()
        .mapToLong(each -> (long) weights.precision().bytes() * each.shape().elements())
        .sum();
  }
}
