/**
 * Plans: graphs compiled for one precision and replayed without allocating. A {@link
 * dev.rnn4j.plan.Plan} is shared, a {@link dev.rnn4j.plan.Session} belongs to one thread, and
 * {@link dev.rnn4j.plan.Weights} hold the values of parameters.
 */
package dev.rnn4j.plan;
