// What the console says, in English, Kazakh, Russian and Chinese.
export const order = ["en", "kk", "ru", "zh"] as const;

export type Said = readonly [string, string, string, string];

export const catalogue = {
  "app.title": ["qala: planning console", "qala: жоспарлау пульті", "qala: пульт планирования", "qala：规划控制台"],
  "app.skip": ["Skip to the content", "Мазмұнға өту", "Перейти к содержанию", "跳到内容"],
  "app.language": ["Language", "Тіл", "Язык", "语言"],
  "app.dark": ["Dark", "Қараңғы", "Тёмная", "深色"],
  "app.light": ["Light", "Жарық", "Светлая", "浅色"],
  "app.api": ["API", "API", "API", "API"],
  "app.share": ["Copy link", "Сілтемені көшіру", "Скопировать ссылку", "复制链接"],
  "app.copied": ["Link copied", "Сілтеме көшірілді", "Ссылка скопирована", "链接已复制"],
  "app.path": ["Where you are", "Сіз қайдасыз", "Где вы", "当前位置"],
  "app.nothing": ["There is no such page.", "Мұндай бет жоқ.", "Такой страницы нет.", "没有这个页面。"],
  "app.loading": ["Loading …", "Жүктелуде …", "Загрузка …", "正在加载……"],
  "app.failed": ["This did not work", "Бұл орындалмады", "Не получилось", "操作未成功"],
  "app.again": ["Try again", "Қайталау", "Повторить", "重试"],
  "app.save": ["Save", "Сақтау", "Сохранить", "保存"],
  "app.cancel": ["Cancel", "Бас тарту", "Отменить", "取消"],
  "app.close": ["Close", "Жабу", "Закрыть", "关闭"],
  "app.add": ["Add", "Қосу", "Добавить", "添加"],
  "app.remove": ["Remove", "Алып тастау", "Убрать", "移除"],
  "app.undo": ["Undo", "Қайтару", "Вернуть", "撤销"],
  "app.up": ["Move up", "Жоғары", "Выше", "上移"],
  "app.down": ["Move down", "Төмен", "Ниже", "下移"],
  "app.of": ["{n} of {all}", "{n} / {all}", "{n} из {all}", "{n} / {all}"],
  "cities.title": ["Cities", "Қалалар", "Города", "城市"],
  "cities.none": ["No city yet. Start with a description (city.yaml).", "Әзірге қала жоқ. Сипаттамадан (city.yaml) бастаңыз.", "Городов пока нет. Начните с описания (city.yaml).", "还没有城市。请从描述文件（city.yaml）开始。"],
  "cities.new": ["Add a city", "Қала қосу", "Добавить город", "添加城市"],
  "cities.description": ["Description of the city (city.yaml)", "Қала сипаттамасы (city.yaml)", "Описание города (city.yaml)", "城市描述（city.yaml）"],
  "cities.changed": ["changed {date}", "өзгертілді {date}", "изменён {date}", "修改于 {date}"],
  "cities.bare": ["not imported yet", "әлі импортталмаған", "ещё не импортирован", "尚未导入"],
  "unit.minutes": ["{n} min", "{n} мин", "{n} мин", "{n}分"],
  "unit.hours": ["{n} h", "{n} сағ", "{n} ч", "{n}小时"],
} as const satisfies Record<string, Said>;

export type Word = keyof typeof catalogue;
