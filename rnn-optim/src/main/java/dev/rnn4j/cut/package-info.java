/** What of a graph can be computed in segments of its sequences. */
package dev.rnn4j.cut;
