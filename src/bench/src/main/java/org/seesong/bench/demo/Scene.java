package org.seesong.bench.demo;

/** The things the demo catalogue has pictures of and songs about, each with its two keywords. */
public enum Scene {
  /** Snowy firs in falling snow. */
  SNOW("snow", "雪", LandScenes::snow),
  /** Heaped clouds in a blue sky. */
  CLOUD("cloud", "云", SkyScenes::cloud),
  /** A cup of coffee on a wooden table. */
  COFFEE("coffee", "咖啡", HomeScenes::coffee),
  /** Waves under a wide horizon. */
  OCEAN("ocean", "海", WaterScenes::ocean),
  /** Pink blossoms before soft green. */
  FLOWER("flower", "花", LifeScenes::flower),
  /** Ranges one behind the other, and a summit. */
  MOUNTAIN("mountain", "山", LandScenes::mountain),
  /** Drops on a window before the lights of a town. */
  RAIN("rain", "雨", TownScenes::rain),
  /** A large moon over a dark land. */
  MOON("moon", "月亮", NightScenes::moon),
  /** The Milky Way over a ridge. */
  STAR("star", "星星", NightScenes::star),
  /** A low sun over fields. */
  SUN("sun", "太阳", SkyScenes::sun),
  /** Trunks in misty light. */
  FOREST("forest", "森林", LandScenes::forest),
  /** A boat on calm water. */
  BOAT("boat", "船", WaterScenes::boat),
  /** A bridge mirrored in a river. */
  BRIDGE("bridge", "桥", TownScenes::bridge),
  /** A train through yellow fields. */
  TRAIN("train", "火车", TrainFigure::draw),
  /** A cat in a room. */
  CAT("cat", "猫", HomeScenes::cat),
  /** Small birds on a branch. */
  BIRD("bird", "鸟", LifeScenes::bird),
  /** A shoal over a reef. */
  FISH("fish", "鱼", WaterScenes::fish),
  /** A lighthouse at dusk. */
  LIGHTHOUSE("lighthouse", "灯塔", NightScenes::lighthouse),
  /** Kites over a meadow. */
  KITE("kite", "风筝", SkyScenes::kite),
  /** Umbrellas on a wet street. */
  UMBRELLA("umbrella", "伞", TownScenes::umbrella),
  /** A road through red land. */
  ROAD("road", "路", LandScenes::road),
  /** A house in its garden. */
  HOUSE("house", "房子", HouseFigure::draw),
  /** A campfire at night. */
  FIRE("fire", "火", NightScenes::fire),
  /** Autumn leaves. */
  LEAF("leaf", "叶子", LifeScenes::leaf);

  /** How a scene is drawn. */
  @FunctionalInterface
  interface Drawing {
    void draw(Canvas canvas);
  }

  private final String english;
  private final String chinese;
  private final Drawing drawing;

  Scene(String english, String chinese, Drawing drawing) {
    this.english = english;
    this.chinese = chinese;
    this.drawing = drawing;
  }

  /**
   * The English keyword, which also names the files.
   *
   * @return a lower-case singular noun
   */
  public String english() {
    return english;
  }

  /**
   * The Chinese keyword.
   *
   * @return the word in simplified characters
   */
  public String chinese() {
    return chinese;
  }

  Drawing drawing() {
    return drawing;
  }
}
