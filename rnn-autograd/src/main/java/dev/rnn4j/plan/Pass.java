package dev.rnn4j.plan;

/**
 * A pass of the compiler that can be left out, to see what it does. The values that a plan computes
 * are the same with or without, but for rounding where two roundings become one.
 */
public enum Pass {
  /** Constants are computed once, and what is computed twice is shared. */
  SIMPLIFY,
  /** The copies of one line of a cell, one for each time step, become one line again. */
  FAMILIES,
  /** What no recurrence holds back runs for all time steps at once. */
  DISTRIBUTE,
  /** Products are added up in place, and sums over time of products become one product. */
  CONTRACT,
  /** Small products with the same left side run as one. */
  GROUP,
  /** Work on a sequence that a loop reads next moves into that loop. */
  SINK,
  /** A product or sum that only one other instruction reads becomes part of it. */
  PAIR,
  /** Elementwise instructions run together, tile by tile. */
  FUSE,
  /** Weights are packed once for each version of their values. */
  PACK,
  /** Buffers share memory, and values take the place of those that nobody reads again. */
  SHARE
}
