/**
 * First values of parameters: {@link dev.rnn4j.init.Initializers} has the schemes, {@link
 * dev.rnn4j.init.Initializer} is where one's own go.
 */
package dev.rnn4j.init;
