/**
 * The compiler as plans see it: from the nodes of a graph to a program that arrays and kernels can
 * run. {@code Compiler} calls the rooms one after the other: {@code lines} rolls the graph up,
 * {@code lowering} writes instructions, {@code passes} makes them quick, {@code check} watches;
 * {@code program} is the language between them, and {@code run} carries it out. Nobody but plans
 * knows it.
 */
package dev.rnn4j.plan.internal;
