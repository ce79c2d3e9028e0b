// Every text of the page, in English and in Chinese. {0}, {1} are replaced; {0:song|songs} picks a form by number.
const TEXTS = {
  tagline: ['A picture in, songs out', '以图寻歌'],
  skip: ['Skip to the songs', '跳到歌曲'],
  startAgain: ['Seesong, start again', 'Seesong，重新开始'],
  otherLanguage: ['中文', 'English'],
  otherLanguageLabel: ['切换到中文', 'Switch to English'],
  dark: ['Dark colours', '深色'],
  size: ['{0} {0:song|songs}, {1} {1:picture|pictures}', '{0} 首歌，{1} 张图片'],

  heroTitle: ['Which songs fit your picture?', '你的图片，适合哪些歌？'],
  heroText: ['Seesong finds the songs of this catalogue whose lyrics speak of what your picture shows, and tells you why.',
    'Seesong 在曲库里寻找歌词与图片内容相合的歌，并告诉你理由。'],
  drop: ['Drop a picture here, or paste one', '把图片拖到这里，或直接粘贴'],
  begin: ['Begin with a picture', '从一张图片开始'],
  dropNow: ['Let go to find songs', '松开即可寻歌'],
  choose: ['Choose a picture', '选择图片'],
  photograph: ['Take a photograph', '拍照'],
  privacy: ['Your browser shrinks it first, without place and camera data. The server keeps no picture.',
    '浏览器会先缩小图片，并去掉位置与相机信息。服务器不保存图片。'],
  samples: ['Or try one of these', '或试试这些'],
  sample: ['Find songs for this picture: {0}', '为这张图片寻歌：{0}'],
  orKeywords: ['Or begin with a keyword', '或从关键词开始'],
  keywordSongs: ['{0}, {1} {1:song|songs}', '{0}，{1} 首歌'],
  orWords: ['Or say what the songs should be about', '或写下歌曲该讲什么'],

  map: ['Map of the catalogue', '曲库地图'],
  mapShow: ['Show the map', '显示地图'],
  mapHide: ['Hide the map', '收起地图'],
  mapText: ['Every keyword is an island; songs and pictures stand on the island they belong to most.', '每个关键词是一座岛；歌曲与图片落在与之最相合的岛上。'],
  mapLabel: ['Map of keywords, songs and pictures', '关键词、歌曲与图片的地图'],
  mapHelp: ['Drag or arrow keys move, the wheel, two fingers or + and − zoom, a click or Enter searches by what is there.', '拖动或方向键移动，滚轮、双指或 + − 缩放，点击或回车以该处内容查询。'],
  mapSongs: ['songs', '歌曲'],
  mapPictures: ['pictures', '图片'],
  mapQuery: ['your search', '你的查询'],
  map_loading: ['Drawing the map …', '正在绘制地图……'],
  map_changed: ['The catalogue has changed since.', '曲库已更新。'],
  map_failed: ['The map cannot be loaded just now.', '暂时无法载入地图。'],
  map_unsupported: ['This browser cannot draw the map (it needs WebGL).', '此浏览器无法绘制地图（需要 WebGL）。'],

  query: ['Your search', '你的查询'],
  yourPicture: ['Your picture', '你的图片'],
  pictureNamed: ['Picture: {0}', '图片：{0}'],
  pictureElsewhere: ['A picture that this browser does not hold', '此浏览器没有保存的图片'],
  noPreview: ['No preview: this browser cannot read the format', '无法预览：浏览器不支持此格式'],
  croppedPart: ['Part of your picture', '图片的一部分'],
  replace: ['Replace', '换一张'],
  crop: ['Crop', '裁剪'],
  addPicture: ['Add a picture', '添加图片'],
  more: ['More like this', '要像它'],
  less: ['Less like this', '不要像它'],
  remove: ['Remove', '移除'],
  basket: ['Pictures asked by', '用来查询的图片'],
  songLike: ['Songs like', '相似的歌'],
  songsAbout: ['Songs about', '关于它的歌'],

  cropTitle: ['Which part of the picture?', '选取图片的哪一部分？'],
  cropArea: ['Region. Arrow keys move it, with Shift by larger steps', '选区。方向键移动，按住 Shift 移动得更多'],
  cropCorner: ['{0} corner. Arrow keys move it', '{0}角。方向键移动'],
  corner_nw: ['Upper left', '左上'],
  corner_ne: ['Upper right', '右上'],
  corner_sw: ['Lower left', '左下'],
  corner_se: ['Lower right', '右下'],
  cropSize: ['{0} % wide, {1} % high, {2} % from the left, {3} % from the top', '宽 {0}%，高 {1}%，距左 {2}%，距上 {3}%'],
  cropApply: ['Ask with this part', '用这一部分查询'],
  cropWhole: ['Whole picture', '整张图片'],
  cancel: ['Cancel', '取消'],

  words: ['Words', '文字'],
  wordsHint: ['alone on a rainy night', '下雨的夜晚，一个人'],
  without: ['But not', '但不要'],
  withoutHint: ['wine', '酒'],
  balance: ['Words against picture', '文字与图片的比重'],
  balancePicture: ['picture', '图片'],
  balanceWords: ['words', '文字'],
  ask: ['Find songs', '寻歌'],

  refine: ['Refine', '细化'],
  refineSet: ['Refine ({0})', '细化（{0}）'],
  any: ['Any', '不限'],
  field_language: ['Language', '语言'],
  field_artist: ['Artist', '歌手'],
  field_year: ['Year', '年份'],
  field_popularity: ['Popularity', '热度'],
  from: ['{0} from', '{0}，从'],
  to: ['{0} to', '{0}，到'],
  perArtist: ['Songs of one artist', '每位歌手的歌'],
  atMost: ['at most {0}', '最多 {0} 首'],
  howMany: ['Songs', '歌曲数'],
  clearFilters: ['Clear filters', '清除筛选'],
  hidden: ['{0} {0:song|songs} hidden', '已隐藏 {0} 首歌'],
  showHidden: ['Show again', '重新显示'],

  busyPicture: ['Looking at your picture …', '正在看你的图片……'],
  busy: ['Finding songs …', '正在寻歌……'],
  found: ['{0} {0:song|songs}', '{0} 首歌'],
  foundNone: ['No song', '没有歌'],
  sure_surely: ['This catalogue surely knows what your picture shows.', '曲库里肯定有与你的图片相似的图片。'],
  sure_probably: ['This catalogue probably knows what your picture shows.', '曲库里很可能有与你的图片相似的图片。'],
  sure_perhaps: ['This catalogue perhaps knows what your picture shows.', '曲库里或许有与你的图片相似的图片。'],
  unknown: ['Nothing in this catalogue looks like this', '曲库里没有与它相似的图片'],
  unknownText: ['Its pictures show other things, so any song would be a guess. Try a part of the picture, add words, or another picture.',
    '曲库里的图片都是别的内容，给出的歌只能是猜测。可以选取局部、加上文字，或换一张图片。'],
  unknownLeft: ['Nothing that is left looks like this', '剩下的图片里没有与它相似的'],
  unknownLeftText: ['With the keywords that you chose, the catalogue has no picture like yours. Give one back, or take songs all the same.',
    '按你选的关键词，曲库里没有与你相似的图片。可以恢复某个关键词，或仍然显示歌曲。'],
  fewer: ['{0} of {1}: no further song is likely to fit.', '{0} / {1}：其余的歌都不太可能适合。'],
  noneFits: ['No song is likely to fit.', '没有哪首歌可能适合。'],
  noneWithFilters: ['No song meets all conditions. Drop a filter or a keyword.', '没有歌满足所有条件。请去掉一项筛选或关键词。'],
  fill: ['Show {0} all the same', '仍然显示 {0} 首'],
  unfill: ['Only songs that fit', '只要适合的歌'],
  untrained: ['The encoder has made-up weights: answers carry no meaning.', '编码器的权重是虚构的：结果没有意义。'],

  keywords: ['What the songs share with it', '歌曲与它的共同点'],
  keywordsHint: ['Ask for more of a keyword, keep only songs and pictures with it, or leave them out.', '多要某个关键词的歌，只要有它的歌与图片，或排除它们。'],
  boost0: ['More of {0}', '多一些{0}'],
  boost1: ['Much more of {0}', '更多{0}'],
  boost2: ['No more of {0} than before', '{0}不再加重'],
  only: ['Only {0}', '只要{0}'],
  not: ['Without {0}', '不要{0}'],

  song_surely: ['surely fits', '肯定适合'],
  song_probably: ['probably fits', '很可能适合'],
  song_perhaps: ['perhaps fits', '或许适合'],
  song_hardly: ['hardly fits', '不太适合'],
  why: ['Why', '理由'],
  weight: ['weight {0} in what was asked, {1} in the song', '查询中的权重 {0}，歌曲中的权重 {1}'],
  from_centroid: ['from what the nearest pictures share', '来自最近图片的共同点'],
  from_picture: ['from this picture', '来自这张图片'],
  from_song: ['from the song asked by', '来自所问的歌'],
  from_words: ['from your words', '来自你的文字'],
  versions: ['{0} other {0:version|versions}', '另有 {0} 个版本'],
  moreLikeSong: ['More like this', '相似的歌'],
  picturesOfSong: ['Its pictures', '它的图片'],
  notThisSong: ['Not this one', '不要这首'],
  fits: ['Fits', '适合'],
  doesNotFit: ['Does not fit', '不适合'],
  forSong: ['{0}: {1}', '{0}：{1}'],
  noPictures: ['No picture leads to this song.', '没有图片与这首歌相连。'],

  pictures: ['Nearest pictures', '最近的图片'],
  picturesFor: ['Pictures for this song', '适合这首歌的图片'],
  near_same: ['the same', '相同'],
  near_very: ['very alike', '非常相似'],
  near_alike: ['alike', '相似'],
  near_somewhat: ['somewhat alike', '有些相似'],
  near_far: ['far', '相去较远'],
  nth: ['{0}. nearest', '第 {0} 近'],
  askPicture: ['Find songs for {0}', '为{0}寻歌'],
  addMore: ['More like {0}', '要像{0}'],
  addLess: ['Less like {0}', '不要像{0}'],

  export: ['Export', '导出'],
  exportAs: ['Export as {0}', '导出为 {0}'],
  copyLink: ['Copy link', '复制链接'],
  copied: ['Link copied', '链接已复制'],
  copyByHand: ['Copy this link:', '请复制此链接：'],
  linkNote: ['Your own picture itself is not in the link: it opens where the server or this browser still knows it.',
    '链接不含你的图片本身：仅当服务器或此浏览器仍记得它时才能打开。'],

  problem: ['That did not work', '没有成功'],
  retry: ['Try again', '重试'],
  error_offline: ['The server does not answer. Is it still running, and is the connection up?', '服务器没有回应。它还在运行吗？网络正常吗？'],
  error_gone: ['The server no longer remembers the picture of this link, and this browser does not hold it. Drop the picture here to ask again.',
    '服务器已不记得此链接的图片，此浏览器也没有保存。请把图片拖到这里重新查询。'],
  error_notPicture: ['“{0}” is not a picture. JPEG, PNG, GIF, BMP and WebP work everywhere.', '“{0}”不是图片。支持 JPEG、PNG、GIF、BMP、WebP。'],
  error_unreadable: ['This picture cannot be read: it may be damaged or of an unknown format. Try it saved as JPEG or PNG.',
    '无法读取这张图片：可能已损坏或格式未知。请另存为 JPEG 或 PNG 再试。'],
  error_tooLarge: ['This picture is too large: {0} at most.', '图片太大：最多 {0}。'],
  error_busy: ['The server is busy. Try again in a moment.', '服务器正忙，请稍后再试。'],
  error_token: ['This server asks for a token.', '此服务器需要令牌。'],
  error_tokenWrong: ['This is not the server\'s token.', '令牌不正确。'],
  error_notFound: ['Not found in this catalogue: it may have been built anew.', '曲库中找不到：它可能已重新建立。'],
  error_encoder: ['This server has no encoder for pictures: ask by a picture of the catalogue, a keyword or words.',
    '此服务器没有图片编码器：请用曲库中的图片、关键词或文字查询。'],
  error_storage: ['Your vote was not kept.', '你的评价没有保存。'],
  requestId: ['Request {0}', '请求 {0}'],
  token: ['Token', '令牌'],
  tokenHint: ['Ask the person who runs the server for it. It is kept until this tab is closed.', '请向服务器管理者索取。关闭此标签页后即忘记。'],
  useToken: ['Use token', '使用令牌'],
};

/** The page's languages, as HTML's lang says them. */
export const LANGUAGES = { en: 'en', zh: 'zh-Hans' };

/** The language that the browser prefers of those the page has. */
export function preferredLanguage(languages = navigator.languages) {
  const known = languages.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in LANGUAGES);
  return known || 'en';
}

/** A function from a key and its values to the text in a language. */
export function translator(language) {
  const column = language === 'zh' ? 1 : 0;
  const number = new Intl.NumberFormat(LANGUAGES[language]);
  const shown = (value) => (typeof value === 'number' ? number.format(value) : value);
  const t = (key, ...values) => {
    const text = TEXTS[key];
    if (!text) throw new Error(`no text '${key}'`);
    return text[column].replace(/\{(\d)(?::([^|}]*)\|([^}]*))?\}/g, (whole, index, one, many) =>
      one === undefined ? shown(values[index]) : values[index] === 1 ? one : many);
  };
  t.language = language;
  t.has = (key) => key in TEXTS;
  return t;
}

/** All keys with their texts, for tests. */
export const texts = TEXTS;
