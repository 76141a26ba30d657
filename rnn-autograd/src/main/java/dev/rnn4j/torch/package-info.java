/** Models of PyTorch with their weights: its names, its layouts, its recurrent modules. */
package dev.rnn4j.torch;
