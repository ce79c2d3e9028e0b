package org.seesong.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LyricsCleanerTest {
  private static final LyricsCleaner CLEANER = LyricsCleaner.of(true);

  private static CleanedLyrics clean(String... lines) {
    return CLEANER.clean("Snow song", String.join("\n", lines));
  }

  /** Lines with words, without the spaces that stand for what does not count. */
  private static List<String> words(String... lines) {
    return clean(lines)
        .words()
        .lines()
        .map(line -> line.strip().replaceAll(" +", " "))
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static List<String> shown(String... lines) {
    return clean(lines).shown().lines().toList();
  }

  @Test
  void timeAndHeadTagsAreGoneFromBothTexts() {
    String[] lrc = {
      "[ti:Snow song number 0]\r",
      "[ar:Band 0]\r",
      "[offset:+200]\r",
      "[length:03:20]\r",
      "[00:00.00]The door is open wide\r",
      "[00:05.07][01:05.07] There is snow\r",
      "[00:31.00]\r",
      "[00:59.10]<00:59.10>stay <00:59.90>with <01:00.20>me"
    };
    assertThat(shown(lrc))
        .containsExactly("The door is open wide", " There is snow", "stay with me");
    assertThat(words(lrc))
        .containsExactly("The door is open wide", "There is snow", "stay with me");
    assertThat(clean(lrc).counts().describe())
        .isEqualTo("8 time tags in 1 songs, 4 head tags in 1 songs");
  }

  @Test
  void namesOfInstrumentsAndOtherLanguagesAreCreditsToo() {
    assertThat(
            words(
                "TME享有本翻译作品的著作权",
                "未经许可不得翻唱",
                "Guitar: Jane Smith",
                "Drums: Li Si",
                "Letra: Ana Ruiz",
                "Paroles : Jean Roux",
                "rain falls on the roof tonight",
                "we walk along the shore"))
        .containsExactly("rain falls on the roof tonight", "we walk along the shore");
  }

  @Test
  void creditsAtTheHeadAndFootDoNotCountButAreShown() {
    String[] lines = {
      " 作词 : 张三",
      " 作曲 : 李四",
      "编曲：王五",
      "制作人：赵六",
      "录音室：月光录音棚",
      "混音工程师：钱七",
      "母带：孙八",
      "月光下的朋友：赵一",
      "吉他：周九",
      "出品公司：某某文化",
      "版权所有 未经许可不得翻唱",
      "我在夜里看见雪",
      "你说：我爱你",
      "一个人走回家",
      "OP：某某音乐",
      "Written by Jane Doe and Li Si",
      "Executive Producer: J. Roe"
    };
    assertThat(words(lines)).containsExactly("我在夜里看见雪", "你说：我爱你", "一个人走回家");
    assertThat(shown(lines)).containsExactly(lines);
    assertThat(clean(lines).counts().describe())
        .isEqualTo("13 credit lines in 1 songs, 1 lines of lyric pages in 1 songs");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "作詞：林夕",
        "作词/作曲：张三",
        "詞曲：李四",
        "词：张三",
        "曲 ：李四",
        "作词 张三",
        "制作人Producer：赵六",
        "監製：某",
        "和声编写/和声：某某",
        "Lyrics by: Jane Doe",
        "Written by JANE DOE",
        "Words and music by Jane Doe",
        "Composer(s): Jane Doe",
        "Mixed by J. Doe",
        "SP：某某",
        "作詞 山田太郎",
        "編曲：山田",
        "작사 홍길동",
        "작곡: 홍길동",
        "音乐制作人 ： 某某",
        "弦乐录音工程师：某",
        "ISRC：CN-A01-19-00001",
        "Submitted by Jane Doe",
        "Submitted by jane_doe99",
        "Special thanks to Jane Doe and J. Roe",
        "Special thanks: Jane Doe",
        "Singer - Jane Doe",
        "Singer- Jane Doe",
        "Co-producer – J. Roe",
        "演唱 - 张三",
        "Strings: the London Session Orchestra",
        "Strings: Jane Doe, J. Roe, Li Si, Ana Ruiz, Jean Roux, Max Muster and the Other Band",
        "guitar: jane doe, j. roe & li si",
        "弦乐：国际首席爱乐乐团、某某室内乐团、某某交响乐团弦乐组、某某合唱团、某某少年合唱团"
      })
  void labelsOfManyLanguagesAreCredits(String credit) {
    assertThat(words(credit, "雪落下来")).containsExactly("雪落下来");
    assertThat(words("雪落下来", credit)).containsExactly("雪落下来");
    assertThat(words("雪落下来", credit, "雪盖住小路")).contains(credit.strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mother said: come home",
        "你说：我爱你",
        "妈妈说：回家吧",
        "我问：为什么",
        "Written by the hand of God",
        "曲终人散",
        "词不达意",
        "吉他手说：我爱你",
        "One thing: love",
        "Music is my life",
        "时间：请你停下来！",
        "钢琴 声声入耳",
        "Strings of pearls",
        "Lyrics in my head",
        "Strings: the wind is blowing through the trees tonight and I am cold",
        "Strings: The Wind Is Blowing Through The Trees Tonight While I Am Cold",
        "Strings: pulling me under, taking me home, and never letting me go",
        "弦乐：我在夜里看见雪落下来想起从前的你我们都曾经年轻过一个人走回家听那首老歌",
        "Special thanks to all the lonely people",
        "Submitted by force to you",
        "Music - my only love",
        "Thanks to You"
      })
  void sungLinesStayWhereverTheyStand(String sung) {
    assertThat(words(sung, "雪落下来", "作词：张三")).contains(sung);
    assertThat(words("作词：张三", sung, "雪落下来")).contains(sung);
    assertThat(words("作词：张三", "雪落下来", sung)).contains(sung);
    assertThat(words("雪落下来", sung, "雪盖住小路")).contains(sung);
  }

  @Test
  void aTalkInFrontOfCreditsIsSung() {
    assertThat(words("他：你好吗", "她：我很好", "作词：张三")).containsExactly("他：你好吗", "她：我很好");
  }

  @Test
  void aHeadingBeforeCreditsIsNoLine() {
    assertThat(words("Snow song - Band 0", "Composed by Jane Doe", "Hello"))
        .containsExactly("Hello");
    assertThat(words("Snow song - my love", "Hello"))
        .containsExactly("Snow song - my love", "Hello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[Chorus]",
        "[Verse 2]",
        "[Verse 1: Somebody & Other]",
        "(Chorus)",
        "Chorus:",
        "Verse 2",
        "副歌：",
        "【副歌】",
        "Repeat x2",
        "(x2)",
        "x3",
        "[Pre-Chorus]",
        "[Guitar Solo]",
        "(Repeat Chorus)",
        "间奏",
        "[Bridge]",
        "Bridge:",
        "[Outro]",
        "You might also like",
        "12Embed",
        "Embed",
        "See Some Band Live",
        "Get tickets as low as $49"
      })
  void marksOfSectionsAndPagesDoNotCount(String mark) {
    assertThat(words("Snow falls", mark, "Rain falls")).containsExactly("Snow falls", "Rain falls");
    assertThat(shown("Snow falls", mark, "Rain falls")).contains(mark);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[Chorus] Snow falls|Snow falls",
        "副歌：雪落下来|雪落下来",
        "Chorus: Snow falls|Snow falls",
        "Snow falls (x2)|Snow falls",
        "Snow falls x2|Snow falls",
        "Carry me away12Embed|Carry me away",
        "女：雪落下来|雪落下来",
        "(合)雪落下来|雪落下来"
      })
  void marksBesideWordsLeaveTheWords(String line, String expected) {
    assertThat(words("Hello", line, "Goodbye")).containsExactly("Hello", expected, "Goodbye");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Over the bridge (bridge)",
        "Snow is falling (snow is falling)",
        "(oh yeah)",
        "End of the road",
        "(End of the road)",
        "Bridge",
        "We break (we break)",
        "Music",
        "See me live",
        "雪落下来（雪一直下）",
        "（我爱你）",
        "（飞在云上）",
        "（看白云）飘过山",
        "雪（白白的雪）落下来",
        "（听我唱）",
        "<3 you",
        "<囗贵>",
        "I <b you"
      })
  void backingVocalsAndWordsThatLookLikeMarksAreSung(String line) {
    assertThat(words("Hello", line, "Goodbye")).containsExactly("Hello", line, "Goodbye");
  }

  @Test
  void whatALyricPagePutsAroundTheWordsDoesNotCount() {
    assertThat(
            words(
                "123 ContributorsTranslationsPortuguêsSnow song Lyrics",
                "[Verse 1]",
                "Snow falls",
                "You might also like",
                "Rain falls",
                "更多歌词请访问某某网"))
        .containsExactly("Snow falls", "Rain falls");
  }

  @Test
  void markupIsRead() {
    String[] html = {
      "<p>The door is open wide<br />",
      "I&#x27;m so in love &amp; alone &quot;oh&quot;&nbsp; snow<br />",
      "caf&eacute; <b>rain</b> &amp;lt;br&amp;gt;&amp;#39;night&amp;#39;",
      "Carry me away</p>"
    };
    assertThat(shown(html))
        .containsExactly(
            "The door is open wide",
            "I'm so in love & alone \"oh\"  snow",
            "café rain ",
            "'night'",
            "Carry me away");
    assertThat(clean(html).counts().kinds()).containsOnlyKeys(CleaningKind.MARKUP);
  }

  @Test
  void scriptsStyleSheetsAndCommentsGoWithTheirContent() {
    String[] html = {
      "<style type=\"text/css\">",
      "p { color: snow; } a > b { x: y }",
      "</style>",
      "Snow<!-- an ad > here --> falls",
      "<!--",
      "<br>[00:12.00]rain",
      "-->",
      "Rain<script>if (a<b && c>d) {",
      "  write(\"<p>fire</p>\");",
      "}</script> falls",
      "&lt;script&gt;fire&lt;/script&gt;",
      "<!-- one <!-- two -->Stay<!----> here"
    };
    assertThat(shown(html)).containsExactly("Snow falls", "Rain falls", "Stay here");
    assertThat(shown("<script>Snow falls", "<!-- Rain falls"))
        .as("what never ends leaves its content")
        .containsExactly("Snow falls", "<!-- Rain falls");
    assertThat(shown("a --> b", "</script>c", "I <3 you <!- d -->"))
        .containsExactly("a --> b", "c", "I <3 you <!- d -->");
  }

  @Test
  void commentsOfLrcFilesAreNoLines() {
    assertThat(
            shown("[#:made by somebody]", "[:]a comment <b>of</b> snow", " [:]", "[00:01.00]Hello"))
        .containsExactly("Hello");
    assertThat(shown("Say [:] hello", "Say [#:hello]"))
        .containsExactly("Say [:] hello", "Say [#:hello]");
  }

  @Test
  void allListsCountAmongTheRules() throws Exception {
    List<String> rules = LyricsCleaner.rules();
    Path folder = Path.of(LyricsCleaner.class.getResource("credit-labels.txt").toURI()).getParent();
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> lists = files.filter(file -> file.toString().endsWith(".txt")).toList();
      assertThat(lists).hasSizeGreaterThan(7);
      for (Path list : lists) {
        for (String line : Files.readAllLines(list)) {
          if (!line.isBlank() && line.charAt(0) != '#') {
            String word = line.strip().split(" ")[0];
            assertThat(rules).as("%s", list).anyMatch(rule -> rule.startsWith(word));
          }
        }
      }
    }
    assertThat(rules).isEqualTo(LyricsCleaner.rules()).contains("source:", "offset", "untitled");
  }

  @Test
  void escapedLineEndsAreLineEnds() {
    String escaped = "Walking home\\nsnow falls\\r\\non me\\\\nAlone\\tagain \\\"oh\\\"\\n";
    assertThat(shown(escaped))
        .containsExactly("Walking home", "snow falls", "on me", "Alone again \"oh\"");
    assertThat(clean(escaped).words()).isEqualTo(clean(escaped).shown());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "此歌曲为没有填词的纯音乐，请您欣赏",
        "[00:00.00]此歌曲为没有填词的纯音乐，请您欣赏",
        "纯音乐，请欣赏",
        "純音樂，請欣賞",
        "Instrumental",
        "[Instrumental]",
        "(Instrumental)",
        "暂无歌词",
        "該歌曲暫無歌詞",
        "インスト",
        "作曲：张三\n纯音乐，请欣赏",
        "No lyrics available.",
        "This song is an instrumental",
        "（缺词文）（缺词文）",
        "♪",
        "..."
      })
  void placeholdersAreNoLyrics(String lyrics) {
    CleanedLyrics cleaned = clean(lyrics);
    if (lyrics.equals("♪")) {
      assertThat(cleaned.words()).isEqualTo(lyrics); // a symbol may be a keyword
    } else {
      assertThat(cleaned.counts().describe()).endsWith("1 songs without words");
      assertThat(cleaned.words().chars().noneMatch(Character::isLetterOrDigit)).isTrue();
      assertThat(cleaned.shown()).isNotBlank();
    }
  }

  @Test
  void aSongAboutMusicIsNoPlaceholder() {
    assertThat(words("Instrumental love", "plays on")).hasSize(2);
    assertThat(words("这是一首纯音乐的夜晚", "我听见雪落下的声音，你在远方唱着那首老歌，我们都曾经年轻过")).hasSize(2);
  }

  @Test
  void stageDirectionsOfPlaysDoNotCount() {
    assertThat(
            words(
                "那厮他每日家吃的十分酩酊，（窦鉴云）他怎么方头不劣？（唱）他见一日有三十场斗争。",
                "(小旦云)休往月亮处，(做剔灯科，魂旦上，做撞见科)看雪。",
                "［外］山上有人(飞上天)。",
                "（张驴儿做扯正旦拜科，正旦推跌科，唱）"))
        .containsExactly("那厮他每日家吃的十分酩酊， 他怎么方头不劣？ 他见一日有三十场斗争。", "休往月亮处， 看雪。", "山上有人 。");
    assertThat(words("【仙吕】【点绛唇】雪落下来", "歌〔金缕〕衣"))
        .as("names of tunes in front")
        .last()
        .isEqualTo("歌〔金缕〕衣");
    assertThat(words("【点绛唇】雪落下来")).containsExactly("雪落下来");
    assertThat(words("门外柳花飞（竹枝）玉郎归（女儿）")).containsExactly("门外柳花飞（竹枝）玉郎归（女儿）");
  }

  @Test
  void invisibleCharactersAreTakenOutOfWords() {
    CleanedLyrics cleaned = clean("\uFEFFsnow\u00ADflake\u200B falls \u2764\uFE0F");
    assertThat(cleaned.shown()).isEqualTo("snowflake falls \u2764\uFE0F");
    assertThat(cleaned.words()).isEqualTo(cleaned.shown());
  }

  @Test
  void titlesThatNumberTracksSayNothing() {
    assertThat(CLEANER.titleWords("Track 07")).isEmpty();
    assertThat(CLEANER.titleWords("音轨 3")).isEmpty();
    assertThat(CLEANER.titleWords("Untitled")).isEmpty();
    assertThat(CLEANER.titleWords("Track of my tears")).isEqualTo("Track of my tears");
    assertThat(CLEANER.titleWords("Rock &amp; Roll")).isEqualTo("Rock & Roll");
  }

  @Test
  void aCleanerThatIsOffLeavesAllAsItIs() {
    CleanedLyrics same = LyricsCleaner.of(false).clean("t", "[00:01.00]snow &amp;\r\n(唱)");
    assertThat(same.shown()).isEqualTo("[00:01.00]snow &amp;\r\n(唱)");
    assertThat(same.words()).isEqualTo(same.shown());
    assertThat(same.counts()).isEqualTo(CleaningCounts.NONE);
    assertThat(LyricsCleaner.of(false).titleWords("Track 1")).isEqualTo("Track 1");
  }

  @Test
  void countsAddUpBySong() {
    CleaningCounts all =
        clean("[00:01.00]snow", "[00:02.00]rain")
            .counts()
            .plus(clean("[00:01.00]纯音乐，请欣赏").counts())
            .plus(clean("snow").counts());
    assertThat(all.describe()).isEqualTo("3 time tags in 2 songs, 1 songs without words");
    assertThat(all.toMap()).containsOnlyKeys("timeTags", "songsWithoutWords");
  }
}
