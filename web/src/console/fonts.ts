// Letters for all four languages, served by the program itself. Map labels are
// drawn with them, so they must be there before the map is made.
import "@fontsource-variable/noto-sans/wght.css";
import "@fontsource/noto-sans-sc/400.css";

export const mapFont = ["Noto Sans Variable", "Noto Sans SC"];

export async function letters(): Promise<void> {
  const samples = ["Ab Әә Ққ Ңң Өө Ұұ Үү Іі Яя", "地铁站"];
  await Promise.allSettled(samples.flatMap((text) => mapFont.map((font) => document.fonts.load(`14px "${font}"`, text))));
}
