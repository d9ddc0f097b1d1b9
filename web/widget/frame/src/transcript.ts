import { send } from "./api";

/** download hands the visitor what was said as a text file. */
export async function download(token?: string): Promise<""> {
  const response = await send("GET", "conversation/transcript", token);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = "parley.txt";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  return "";
}

/** mail has what was said sent to the address that the center knows. */
export async function mail(token?: string): Promise<"sent"> {
  const language = document.documentElement.lang;
  const zone = encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone);
  await send("POST", `conversation/transcript-mail?language=${language}&zone=${zone}`, token);
  return "sent";
}
