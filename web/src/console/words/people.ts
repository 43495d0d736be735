// Words of those who work here: coming in, plans and their approval.
import type { Said } from "./said";

export const people = {
  "sign.in": ["Sign in", "Кіру", "Войти", "登录"],
  "sign.out": ["Sign out", "Шығу", "Выйти", "退出"],
  "sign.login": ["Name to sign in with", "Кіру аты", "Имя для входа", "登录名"],
  "sign.name": ["Your name", "Атыңыз", "Ваше имя", "您的姓名"],
  "sign.password": ["Password", "Құпиясөз", "Пароль", "密码"],
  "sign.code": ["Code of the second factor, if you have one", "Екінші фактор коды, бар болса", "Код второго фактора, если он есть", "第二因素验证码（如有）"],
  "sign.wrong": ["Name, password or code is wrong.", "Аты, құпиясөзі немесе коды қате.", "Имя, пароль или код неверны.", "登录名、密码或验证码不正确。"],
  "sign.welcome": ["Set up your account", "Тіркелгіні баптау", "Настройка учётной записи", "设置账户"],
  "sign.link": ["One-time link", "Бір реттік сілтеме", "Одноразовая ссылка", "一次性链接"],
  "sign.first": ["I am the first administrator of this server", "Мен осы сервердің бірінші әкімшісімін", "Я первый администратор этого сервера", "我是此服务器的首位管理员"],
  "sign.have": ["I have a one-time link", "Менде бір реттік сілтеме бар", "У меня есть одноразовая ссылка", "我有一次性链接"],
  "sign.set": ["Set the password", "Құпиясөзді орнату", "Задать пароль", "设置密码"],
  "plan.list": ["Plans", "Жоспарлар", "Планы", "计划"],
  "plan.none": ["No plan is proposed yet.", "Әзірге жоспар ұсынылмаған.", "Планов пока не предложено.", "尚未提出计划。"],
  "plan.name": ["Name of the plan", "Жоспар атауы", "Название плана", "计划名称"],
  "plan.of": ["Scenario whose run is done", "Есептелген сценарий", "Рассчитанный сценарий", "已完成运行的方案"],
  "plan.propose": ["Propose the plan", "Жоспарды ұсыну", "Предложить план", "提出计划"],
  "plan.approve": ["Approve", "Мақұлдау", "Утвердить", "批准"],
  "plan.release": ["Release", "Күшіне енгізу", "Ввести в действие", "发布"],
  "plan.draft": ["draft", "жоба", "черновик", "草稿"],
  "plan.approved": ["approved", "мақұлданған", "утверждён", "已批准"],
  "plan.released": ["in force", "күшінде", "действует", "已生效"],
  "plan.superseded": ["replaced", "ауыстырылған", "заменён", "已被取代"],
  "plan.withdrawn": ["withdrawn", "қайтарып алынған", "отозван", "已撤回"],
} as const satisfies Record<string, Said>;
