/** What passes between data, training and files: batches, and named tensors on disk. */
package dev.rnn4j.io;
