/**
 * What is one in a JVM: the team of threads that all runs share, and what the JVM remembers of us.
 * Knows jobs of a few parts, and nothing of what is in them.
 */
package dev.rnn4j.runtime;
