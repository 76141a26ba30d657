/**
 * From the user's words to a graph: the inputs that a batch of some form has ({@code BatchInputs}),
 * the losses that are made of them ({@code Losses}, {@code Terms}), the states that are carried,
 * the parameters that are trained ({@code Assignment}), and all of it together ({@code BatchGraph})
 * with its gradient. Knows no plan but the small ones of weights.
 */
package dev.rnn4j.train.internal.graph;
