/**
 * The kernels on {@code jdk.incubator.vector}, the only package that imports it. It is loaded only
 * where that module is present, and gives the same bits as the scalar kernels.
 */
package dev.rnn4j.kernel.vector;
