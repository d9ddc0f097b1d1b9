import { Box, Checkbox, Menu, Modal, TextInput } from "@mantine/core";
import type { SavedList } from "@parley/protocol";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import { api } from "../api/client";
import { queryClient } from "../api/query";
import { useMe } from "../live/floor";
import { over } from "../parts/over";
import { fieldErrors, problemText } from "../parts/problem";
import { Button } from "../ui/Button";
import { toast } from "../ui/toast";

interface SavedListsProps {
  list: "customers" | "cases" | "interactions";
}

/** SavedLists keeps a list as it is narrowed now, under a name, and brings it back. Supervisors share theirs. */
export function SavedLists({ list }: SavedListsProps) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const [naming, setNaming] = useState<"new" | "again">();
  const key = ["lists", list];
  const { data } = useQuery({
    queryKey: key,
    queryFn: () => api.get<{ items: SavedList[] }>("/api/lists", { list }),
  });
  const kept = data?.items ?? [];
  const now = kept.find((k) => k.query === search.toString());
  const again = () => queryClient.invalidateQueries({ queryKey: key });

  /** forget drops a list; the toast brings it back. */
  async function forget(gone: SavedList) {
    try {
      await api.delete(`/api/lists/${gone.id}`);
      await again();
      const undo = async () => {
        const { name, query, columns, shared } = gone;
        await api.post("/api/lists", { list, name, query, columns, shared });
        await again();
      };
      toast(t("records.saved.forgotten", { name: gone.name }), "plain", {
        label: t("records.saved.undo"),
        run: () => void undo(),
      });
    } catch (error) {
      toast(problemText(t, error), "bad");
    }
  }

  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button>{now?.name ?? t("records.saved.lists")}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {kept.map((k) => (
            <Menu.Item key={k.id} onClick={() => setSearch(new URLSearchParams(k.query))}>
              {k.shared && !k.mine ? t("records.saved.shared", { name: k.name }) : k.name}
            </Menu.Item>
          ))}
          {kept.length > 0 && <Menu.Divider />}
          <Menu.Item disabled={search.size === 0} onClick={() => setNaming("new")}>
            {t("records.saved.keep")}
            {search.size === 0 && <Box fz="xs">{t("records.saved.unfiltered")}</Box>}
          </Menu.Item>
          {now?.mine && (
            <Menu.Item onClick={() => setNaming("again")}>
              {t("records.saved.rename", { name: now.name })}
            </Menu.Item>
          )}
          {now?.mine && (
            <Menu.Item onClick={() => void forget(now)}>
              {t("records.saved.forget", { name: now.name })}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {naming && (
        <Naming
          list={list}
          query={search.toString()}
          of={naming === "again" ? now : undefined}
          onDone={() => void again()}
          onClose={() => setNaming(undefined)}
        />
      )}
    </>
  );
}

interface NamingProps extends SavedListsProps {
  query: string;
  /** The one that gets another name; without it one is kept anew. */
  of: SavedList | undefined;
  onDone: () => void;
  onClose: () => void;
}

function Naming({ list, query, of, onDone, onClose }: NamingProps) {
  const { t } = useTranslation();
  const shares = useMe().permissions.includes("supervise");
  const [name, setName] = useState(of?.name ?? "");
  const [shared, setShared] = useState(of?.shared ?? false);
  const [wrong, setWrong] = useState("");
  const [busy, setBusy] = useState(false);
  const asked = useRef(false);
  /** keep asks once, however often it is clicked. */
  async function keep() {
    if (asked.current) return;
    asked.current = true;
    setBusy(true);
    try {
      if (of)
        await api.put(`/api/lists/${of.id}`, { list, name, query, shared, columns: of.columns, rev: of.rev });
      else await api.post("/api/lists", { list, name, query, shared });
      onDone();
      onClose();
    } catch (error) {
      setWrong(fieldErrors(t, error).name ?? problemText(t, error));
      asked.current = false;
      setBusy(false);
    }
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={of ? t("records.saved.rename", { name: of.name }) : t("records.saved.keep")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void keep();
        }}
      >
        <TextInput
          data-autofocus
          label={t("records.saved.name")}
          value={name}
          error={over(t, name, 60) ?? wrong}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {shares && (
          <Checkbox
            mt="md"
            label={t("records.saved.share")}
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
        )}
        <Box mt="md">
          <Button look="main" type="submit" busy={busy}>
            {of ? t("action.save") : t("records.saved.keep")}
          </Button>
        </Box>
      </form>
    </Modal>
  );
}
