// Comes into the console by a provider of identities, in Chromium.
//
//   node test/console/provider.mjs <address of the server> <address of the provider>

import { atConsole } from "./browser.mjs";

const [address, issuer] = process.argv.slice(2);

await atConsole(address, async ({ page, seen, refused }) => {
  await page.goto(`${address}/console/#/me`);
  await page.getByRole("link", { name: "Sign in with town" }).waitFor();
  await seen("signin-provider");
  await page.getByRole("link", { name: "Sign in with town" }).click();
  await page.locator("[name=username]").fill("test-user2");
  await page.locator("[name=password]").fill("verysecure");
  await page.locator("[type=submit]").click();
  await page.getByRole("heading", { name: "Your account" }).waitFor(); // where he wanted to go
  await page.getByText("Planner").waitFor();
  await seen("me-provider");
  console.log("ok by a provider");
  await refused([400], async () => {
    await page.goto(`${address}/auth/town/return?state=none`);
    await page.getByText("Signing in by the provider did not work.").waitFor();
  });
  await seen("refused");
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByRole("link", { name: "Astana" }).waitFor();
  console.log("ok what went wrong at the provider is told");
}, [issuer]);
