/** Counting: strings aⁿbⁿ and aⁿbⁿcⁿ, longer than any that were trained on. */
package dev.rnn4j.examples.anbncn;
