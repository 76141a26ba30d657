package dev.rnn4j.pass;

/**
 * The name of one component of a layer's state.
 *
 * @param path the path of the layer in the model
 * @param call how many calls of the layer at this path came before in the forward pass: a shared
 *     encoder runs several times
 * @param component the component of the state: {@code h}
 */
public record StateName(String path, int call, String component) {
  /** Returns {@code rnn#0/h}. */
  @Override
  public String toString() {
    return path + "#" + call + "/" + component;
  }
}
