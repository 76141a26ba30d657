package dev.rnn4j.train.internal.saved;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Parts of a training as one: the state of each under its name and a slash. */
public final class Parts implements Resumable {
  private final Map<String, Resumable> parts = new LinkedHashMap<>();

  /** Adds a part; a second one of the same name gets a number. */
  public Parts add(String name, Resumable part) {
    checkArgument(
        name.indexOf('/') < 0, "the name '%s' has a slash, which ends names of parts", name);
    checkNotNull(part, "%s is null", name);
    String own = name;
    for (int i = 2; parts.containsKey(own); i++) {
      own = name + "#" + i;
    }
    parts.put(own, part);
    return this;
  }

  public boolean isEmpty() {
    return parts.isEmpty();
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    parts.forEach(
        (name, part) -> part.state().forEach((own, tensor) -> state.put(name + "/" + own, tensor)));
    return Collections.unmodifiableMap(state);
  }

  /** Goes back to a state; where one part does not, those before it are as they were. */
  @Override
  public void restore(Map<String, Tensor> state) {
    Map<String, Map<String, Tensor>> each = split(state);
    Map<String, Map<String, Tensor>> before = new LinkedHashMap<>();
    try {
      parts.forEach(
          (name, part) -> {
            Map<String, Tensor> old = part.state();
            part.restore(each.get(name));
            before.put(name, old);
          });
    } catch (RuntimeException e) {
      before.forEach((name, old) -> parts.get(name).restore(old));
      throw e;
    }
  }

  private Map<String, Map<String, Tensor>> split(Map<String, Tensor> state) {
    Map<String, Map<String, Tensor>> each = new LinkedHashMap<>();
    parts.keySet().forEach(name -> each.put(name, new LinkedHashMap<>()));
    state.forEach(
        (name, tensor) -> {
          String part = name.substring(0, Math.max(0, name.indexOf('/')));
          checkArgument(
              each.containsKey(part),
              "the checkpoint has %s, and this training is made of %s: it is one of another"
                  + " training",
              name,
              parts.keySet());
          each.get(part).put(name.substring(part.length() + 1), tensor);
        });
    parts.forEach(
        (name, part) ->
            checkArgument(
                !each.get(name).isEmpty() || part.state().isEmpty(),
                "the checkpoint has nothing of '%s', which this training goes on from: it is one of"
                    + " another training",
                name));
    return each;
  }
}
