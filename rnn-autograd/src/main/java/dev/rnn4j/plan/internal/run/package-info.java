/**
 * Programs at work. Each instruction gets code in one precision, bound to arrays that several
 * sessions may share; weights lie in a store, with copies that are packed for the kernels; what
 * takes long enough is cut into parts for a team of threads. A run allocates nothing. The classes
 * of float64 are made of those of float32 when the library is built. Knows the language of
 * programs, and nothing of how they are written.
 */
package dev.rnn4j.plan.internal.run;
