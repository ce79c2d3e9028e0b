package org.seesong.encoder;

/**
 * How texts are given to a network of tokens and what of its output is a text's vector.
 *
 * @param queryPrefix what stands before a text that is looked for
 * @param passagePrefix what stands before a text that is looked through
 * @param firstToken whether the first token's vector is the text's, rather than the mean of all
 */
record TextFeed(String queryPrefix, String passagePrefix, boolean firstToken) {
  String prefix(TextEncoder.Role role) {
    return role == TextEncoder.Role.QUERY ? queryPrefix : passagePrefix;
  }
}
