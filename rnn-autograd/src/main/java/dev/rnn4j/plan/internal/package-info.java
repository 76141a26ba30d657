/**
 * The compiler: simplify the nodes, lower them to instructions on buffers, share memory, and emit
 * code for one precision.
 */
package dev.rnn4j.plan.internal;
