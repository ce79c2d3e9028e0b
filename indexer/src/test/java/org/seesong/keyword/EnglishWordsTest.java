package org.seesong.keyword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EnglishWordsTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "oceans,ocean",
        "ocean's,ocean",
        "oceans’,oceans’",
        "kisses,kiss",
        "churches,church",
        "berries,berry",
        "glass,glass",
        "don't,dont",
        "rock'n'roll,rocknroll",
        "this,this",
        "christmas,christmas",
        "it's,it",
        "雪花 flowers  in  snow,雪花 flower in snow",
        "爱u爱,爱u爱"
      })
  void formsOfAWordBecomeOne(String folded, String one) {
    String expected = one.replace("oceans’", "ocean’");
    assertThat(EnglishWords.normalise(folded)).isEqualTo(expected);
  }

  /** A form of a word, then all other forms of it that must meet it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tree trees tree's",
        "knee knees",
        "bee bees",
        "fee fees",
        "coffee coffees",
        "see sees",
        "hero heroes",
        "potato potatoes",
        "tomato tomatoes",
        "volcano volcanoes volcanos",
        "echo echoes echos",
        "mosquito mosquitoes",
        "tornado tornadoes",
        "photo photos",
        "piano pianos",
        "radio radios",
        "shoe shoes",
        "toe toes",
        "canoe canoes",
        "foe foes",
        "horseshoe horseshoes",
        "movie movies movie's",
        "cookie cookies",
        "pie pies",
        "tie ties",
        "lie lies",
        "die dies",
        "zombie zombies",
        "prairie prairies",
        "calorie calories",
        "genie genies",
        "hoodie hoodies",
        "magpie magpies",
        "sky skies",
        "fly flies",
        "cry cries",
        "baby babies",
        "berry berries",
        "city cities",
        "lady ladies",
        "story stories",
        "memory memories",
        "fairy fairies",
        "butterfly butterflies",
        "leaf leaves",
        "wolf wolves",
        "knife knives",
        "wife wives",
        "life lives",
        "thief thieves",
        "shelf shelves",
        "half halves",
        "elf elves",
        "scarf scarves",
        "loaf loaves",
        "hoof hooves",
        "glove gloves",
        "wave waves",
        "dove doves",
        "cave caves",
        "slave slaves",
        "love loves",
        "sleeve sleeves",
        "foot feet",
        "tooth teeth",
        "goose geese",
        "mouse mice",
        "child children children's",
        "grandchild grandchildren",
        "man men men's",
        "woman women",
        "fireman firemen",
        "snowman snowmen",
        "ox oxen",
        "cactus cacti cactuses",
        "bus buses",
        "gas gases",
        "lens lenses",
        "virus viruses",
        "circus circuses",
        "chorus choruses",
        "quiz quizzes",
        "waltz waltzes",
        "buzz buzzes",
        "prize prizes",
        "breeze breezes",
        "house houses",
        "horse horses",
        "rose roses",
        "kiss kisses",
        "glass glasses",
        "dress dresses",
        "princess princesses",
        "church churches",
        "beach beaches",
        "peach peaches",
        "witch witches",
        "headache headaches",
        "ache aches",
        "avalanche avalanches",
        "bush bushes",
        "ash ashes",
        "dish dishes",
        "wish wishes",
        "box boxes",
        "fox foxes",
        "axe axes",
        "tax taxes",
        "taxi taxis",
        "ski skis",
        "kiwi kiwis",
        "menu menus",
        "guru gurus",
        "emu emus",
        "eye eyes",
        "key keys",
        "day days",
        "boy boys boy's",
        "toy toys",
        "bridge bridges",
        "flower flowers",
        "umbrella umbrellas",
        "ocean oceans ocean’s",
        "river rivers",
        "star stars",
        "dog dogs",
        "cat cats",
        "bird birds",
        "snow snows",
        "cloud clouds",
        "song songs song's",
        "crisis crises",
        "oasis oases",
        "reggae reggaes",
        "queue queues",
        "tongue tongues"
      })
  void singularAndPluralMeet(String line) {
    String[] forms = line.split(" ", -1);
    for (String form : forms) {
      assertThat(EnglishWords.word(form)).as(form).isEqualTo(forms[0]);
      assertThat(EnglishWords.normalise("a " + form + "!")).isEqualTo("a " + forms[0] + "!");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "glass",
        "grass",
        "kiss",
        "less",
        "across",
        "bus",
        "plus",
        "us",
        "thus",
        "virus",
        "circus",
        "cactus",
        "venus",
        "jesus",
        "news",
        "series",
        "species",
        "always",
        "this",
        "his",
        "is",
        "was",
        "has",
        "does",
        "goes",
        "as",
        "gas",
        "alas",
        "atlas",
        "canvas",
        "christmas",
        "xmas",
        "texas",
        "kansas",
        "dallas",
        "vegas",
        "thomas",
        "lens",
        "mars",
        "yes",
        "perhaps",
        "besides",
        "sometimes",
        "towards",
        "upstairs",
        "overseas",
        "james",
        "charles",
        "paris",
        "elvis",
        "chris",
        "dennis",
        "iris",
        "tennis",
        "basis",
        "crisis",
        "oasis",
        "naples",
        "wales",
        "chaos",
        "cosmos",
        "hercules",
        "clothes",
        "physics",
        "hers",
        "yours",
        "ours",
        "themselves",
        "ourselves",
        "people",
        "amen",
        "omen",
        "yemen",
        "movie",
        "shoe",
        "sun"
      })
  void wordsThatOnlyLookLikePluralsStay(String word) {
    assertThat(EnglishWords.word(word)).isEqualTo(word);
  }

  @Test
  void aLongRunOfMarksCostsNoMoreThanItsLength() {
    String text = "a" + "\u0323".repeat(200_000) + " tree";
    assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertThat(EnglishWords.normalise(text)).isEqualTo(text));
  }

  @Test
  void normalisingTwiceIsNormalisingOnce() {
    String alphabet = "aeiosxchy's ’雪-\n";
    SplittableRandom random = new SplittableRandom(1);
    for (int run = 0; run < 20_000; run++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String once = EnglishWords.normalise(text.toString());
      assertThat(EnglishWords.normalise(once)).as("of '%s'", text).isEqualTo(once);
    }
  }
}
