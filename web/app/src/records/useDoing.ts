import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { keys } from "../api/query";
import { fieldErrors, problemText } from "../parts/problem";
import { type Act, settle, toast } from "../ui/toast";

/**
 * useDoing does something to customers, says what came of it, and has what is
 * shown fetched again. It tells whether it went well. What is done to `of` can
 * no longer be undone by a toast that was shown before.
 */
export function useDoing(...of: string[]) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return async (work: () => Promise<unknown>, said: string, act?: Act): Promise<boolean> => {
    try {
      await work();
    } catch (error) {
      toast(Object.values(fieldErrors(t, error))[0] ?? problemText(t, error), "bad");
      return false;
    }
    await client.invalidateQueries({ queryKey: keys.customers() });
    await client.invalidateQueries({ queryKey: keys.cases() });
    settle(...of);
    toast(said, "good", act && { ...act, of });
    return true;
  };
}
