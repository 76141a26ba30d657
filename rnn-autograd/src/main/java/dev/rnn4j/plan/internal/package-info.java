/**
 * The compiler as plans see it: from nodes to a draft, and from a draft to a program. It calls the
 * rooms one after the other; nobody but plans knows it.
 */
package dev.rnn4j.plan.internal;
