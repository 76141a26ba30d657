package dev.rnn4j.onnx.internal.file;

import java.util.List;

/**
 * An input or output of a graph.
 *
 * @param sizes the sizes of its axes, numbers or names of what may have any size; null where the
 *     file does not say
 */
public record Variable(String name, Kind kind, List<String> sizes) {}
