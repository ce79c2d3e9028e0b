package org.seesong.text;

import java.util.HashMap;
import java.util.Map;

/** HTML's character references. */
final class Entities {
  private static final int NONE = -1;
  private static final int MAX_LENGTH = 12;

  /** The names of U+00A0 to U+00FF in their order. */
  private static final String LATIN_1 =
      "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn"
          + " sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest"
          + " Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave"
          + " Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave"
          + " Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig"
          + " ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute"
          + " ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

  private static final Map<String, Integer> NAMED = named();

  private Entities() {}

  private static Map<String, Integer> named() {
    Map<String, Integer> named = new HashMap<>();
    int code = 0xA0;
    for (String name : LATIN_1.split(" ", -1)) {
      named.put(name, code++);
    }
    named.putAll(
        Map.of("amp", 0x26, "lt", 0x3C, "gt", 0x3E, "quot", 0x22, "apos", 0x27, "nbsp", 0x20));
    named.putAll(
        Map.of(
            "hellip", 0x2026, "mdash", 0x2014, "ndash", 0x2013, "lsquo", 0x2018, "rsquo", 0x2019,
            "ldquo", 0x201C, "rdquo", 0x201D, "bull", 0x2022, "hearts", 0x2665, "oelig", 0x153));
    named.putAll(Map.of("OElig", 0x152, "ensp", 0x20, "emsp", 0x20, "thinsp", 0x20));
    named.putAll(Map.of("zwnj", 0x200C, "zwj", 0x200D, "lrm", 0x200E, "rlm", 0x200F));
    return named;
  }

  /** The character of a name or number without ampersand and semicolon, -1 if there is none. */
  static int character(String reference) {
    if (reference.length() > MAX_LENGTH) {
      return NONE;
    }
    if (!reference.startsWith("#")) {
      return NAMED.getOrDefault(reference, NONE);
    }
    boolean hex = reference.startsWith("x", 1) || reference.startsWith("X", 1);
    int from = hex ? 2 : 1;
    if (from >= reference.length() || !isDigits(reference, from, hex)) {
      return NONE;
    }
    long code = Long.parseLong(reference, from, reference.length(), hex ? 16 : 10);
    if (code == 0 || code > Character.MAX_CODE_POINT || isSurrogate(code)) {
      return NONE;
    }
    boolean control = Character.isISOControl((int) code) && code != '\n' && code != '\r';
    return control || code == 0xA0 ? ' ' : (int) code;
  }

  private static boolean isDigits(String reference, int from, boolean hex) {
    for (int i = from; i < reference.length(); i++) {
      char c = reference.charAt(i);
      if (c > 'f' || Character.digit(c, hex ? 16 : 10) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSurrogate(long code) {
    return code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
  }
}
