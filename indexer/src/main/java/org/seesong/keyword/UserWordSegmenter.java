package org.seesong.keyword;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps a user's words whole and leaves the text between them to another segmenter. */
final class UserWordSegmenter implements Segmenter {
  private final UserWords userWords;
  private final Segmenter others;
  private final WordTrie words = new WordTrie();
  private final List<String> partsOfSpeech = new ArrayList<>();

  UserWordSegmenter(UserWords userWords, Segmenter others) {
    this.userWords = userWords;
    this.others = others;
    for (Map.Entry<String, String> entry : userWords.partsOfSpeech().entrySet()) {
      words.put(entry.getKey(), partsOfSpeech.size());
      partsOfSpeech.add(entry.getValue());
    }
  }

  UserWords userWords() {
    return userWords;
  }

  @Override
  public String name() {
    return others.name();
  }

  @Override
  public List<Token> segment(String text) {
    List<Token> tokens = new ArrayList<>();
    int gap = 0;
    int i = 0;
    while (i < text.length()) {
      int end = words.longestEnd(text, i);
      if (end == WordTrie.NONE || !WordRule.standsAlone(text, i, end)) {
        i++;
      } else {
        segmentGap(text, gap, i, tokens);
        String word = text.substring(i, end);
        tokens.add(new Token(word, i, end, partsOfSpeech.get(words.get(word))));
        gap = end;
        i = end;
      }
    }
    segmentGap(text, gap, text.length(), tokens);
    return tokens;
  }

  private void segmentGap(String text, int start, int end, List<Token> tokens) {
    if (start < end) {
      for (Token token : others.segment(text.substring(start, end))) {
        tokens.add(
            new Token(
                token.text(), start + token.start(), start + token.end(), token.partOfSpeech()));
      }
    }
  }
}
