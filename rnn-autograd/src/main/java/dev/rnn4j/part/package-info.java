/** Parts of which cells and layers are made: weighted sums, gates, norms. */
package dev.rnn4j.part;
