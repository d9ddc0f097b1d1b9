import type { Page } from "@parley/protocol";
import { useQuery } from "@tanstack/react-query";
import i18next from "i18next";
import { api } from "../api/client";
import { keys } from "../api/query";
import { currentLanguage } from "../i18n";
import { inLanguage } from "../i18n/format";
import { useMe } from "../live/floor";
import { fresh, type Kinds, type Noun, whole } from "./blanks";
import { groupName } from "./groupName";

/** useAll reads a whole list of the configuration, page after page. */
export function useAll<N extends Noun>(noun: N) {
  return useQuery({
    queryKey: keys.admin(noun, "all"),
    queryFn: async ({ signal }) => {
      const items: Kinds[N][] = [];
      let after = "";
      do {
        const page = await api.get<Page<Partial<Kinds[N]>>>(
          `/api/admin/${noun}`,
          { after, limit: 100 },
          signal,
        );
        items.push(...(page.items ?? []).map((item) => whole(noun, item)));
        after = page.next ?? "";
      } while (after);
      return items;
    },
  });
}

/** readOne reads one object of the configuration. */
export async function readOne<N extends Noun>(noun: N, id: string): Promise<Kinds[N]> {
  return whole(noun, await api.get<Partial<Kinds[N]>>(`/api/admin/${noun}/${id}`));
}

/** useOne reads one object for its form; "new" is a blank one. */
export function useOne<N extends Noun>(noun: N, id: string) {
  const { zone } = useMe();
  return useQuery({
    queryKey: keys.admin(noun, id),
    queryFn: () => (id === "new" ? fresh(noun, currentLanguage(), zone) : readOne(noun, id)),
    staleTime: id === "new" ? Number.POSITIVE_INFINITY : 0,
  });
}

/** useNames reads the names of all things of a kind, for choices: [id, name]. */
export function useNames(noun: Noun): (readonly [id: string, name: string])[] {
  const all = useAll(noun);
  return (all.data ?? []).map((thing) => [thing.id, nameOf(thing)] as const);
}

function nameOf(thing: Kinds[Noun]): string {
  if ("display_name" in thing) return thing.display_name;
  if ("preset" in thing) return groupName(i18next.t, thing.name);
  return "name" in thing ? inLanguage(thing) : (thing.texts[0]?.question ?? "");
}
