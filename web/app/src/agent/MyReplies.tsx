import { Select, Textarea, TextInput } from "@mantine/core";
import type { Canned, Me } from "@parley/protocol";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { keys } from "../api/query";
import { useMe } from "../live/floor";
import { useRun } from "../parts/editor/useRun";
import { fieldErrors, problemText } from "../parts/problem";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import { toast } from "../ui/toast";
import css from "./Profile.module.css";
import { useCanned } from "./useSayings";

/** MyReplies are the canned replies one keeps: one's own, and as a supervisor those of one's group. */
export function MyReplies() {
  const { t } = useTranslation();
  const me = useMe();
  const client = useQueryClient();
  const [open, setOpen] = useState<Canned | null>(null);
  const mine = (useCanned().data?.items ?? []).filter((c) => mayKeep(me, c));
  const again = () => client.invalidateQueries({ queryKey: keys.faqs("canned") });
  async function remove(c: Canned) {
    try {
      await api.delete(`/api/canned-replies/${c.id}`);
      const { id: _, uses: __, ...body } = c;
      const undo = () =>
        api
          .post("/api/canned-replies", { ...body, rev: 0 })
          .then(again)
          .catch((cause) => toast(problemText(t, cause), "bad"));
      toast(t("agent.canned.removed", { name: c.name }), "good", {
        label: t("agent.canned.undo"),
        run: () => void undo(),
      });
    } catch (cause) {
      toast(problemText(t, cause), "bad");
    }
    await again();
  }
  return (
    <Card title={t("agent.canned.title")} about={t("agent.canned.about")}>
      {mine.length === 0 && !open && <p className={css.quiet}>{t("agent.canned.none")}</p>}
      <ul className={css.replies}>
        {mine.map((c) => (
          <li key={c.id}>
            <span>
              <strong>{c.name}</strong> {c.shortcut && <code>/{c.shortcut}</code>}{" "}
              {c.owner_id !== me.id && <small>{t("agent.canned.group")}</small>}
              <span className={css.quiet}>{c.text.en || c.text.fr}</span>
            </span>
            <span>
              <IconButton label={t("agent.canned.edit", { name: c.name })} onClick={() => setOpen(c)}>
                <Icon name="note" size={16} />
              </IconButton>
              <IconButton label={t("agent.canned.remove", { name: c.name })} onClick={() => void remove(c)}>
                <Icon name="trash" size={16} />
              </IconButton>
            </span>
          </li>
        ))}
      </ul>
      {open ? (
        <Form
          key={open.id}
          canned={open}
          me={me}
          onDone={() => {
            setOpen(null);
            void again();
          }}
        />
      ) : (
        <Button icon={<Icon name="plus" size={16} />} onClick={() => setOpen(blank(me.id))}>
          {t("agent.canned.new")}
        </Button>
      )}
    </Card>
  );
}

function mayKeep(me: Me, c: Canned): boolean {
  return c.owner_id === me.id || (c.owner_id === me.group.id && me.permissions.includes("supervise"));
}

function blank(owner: string): Canned {
  return {
    id: "",
    owner_id: owner,
    name: "",
    shortcut: "",
    text: { en: "", fr: "" },
    dispositions: [],
    note: "",
    rev: 0,
    uses: 0,
  };
}

function Form({ canned, me, onDone }: { canned: Canned; me: Me; onDone: () => void }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(canned);
  const { run, busy, error } = useRun();
  function save(e: FormEvent) {
    e.preventDefault();
    const { id, uses: _, ...body } = draft;
    void run(async () => {
      if (id) await api.put(`/api/canned-replies/${id}`, body);
      else await api.post("/api/canned-replies", body);
      toast(t("agent.canned.saved"), "good");
      onDone();
    });
  }
  const faults = fieldErrors(t, error);
  const none = Object.keys(faults).length === 0;
  return (
    <form className={css.form} onSubmit={save}>
      <TextInput
        label={t("agent.canned.name")}
        required
        data-autofocus
        value={draft.name}
        error={faults.name ?? (error !== undefined && none && problemText(t, error))}
        onChange={(e) => setDraft({ ...draft, name: e.currentTarget.value })}
      />
      <TextInput
        label={t("agent.canned.shortcut")}
        leftSection="/"
        value={draft.shortcut ?? ""}
        error={faults.shortcut}
        onChange={(e) => setDraft({ ...draft, shortcut: e.currentTarget.value })}
      />
      {me.permissions.includes("supervise") && (
        <Select
          label={t("agent.canned.for")}
          data={[
            { value: me.id, label: t("agent.canned.own") },
            { value: me.group.id, label: t("agent.canned.group") },
          ]}
          value={draft.owner_id}
          allowDeselect={false}
          onChange={(owner) => owner && setDraft({ ...draft, owner_id: owner })}
        />
      )}
      {(["en", "fr"] as const).map((language) => (
        <Textarea
          key={language}
          label={t(`agent.canned.text_${language}`)}
          lang={language}
          autosize
          minRows={2}
          value={draft.text[language]}
          error={faults[`text.${language}`]}
          onChange={(e) => setDraft({ ...draft, text: { ...draft.text, [language]: e.currentTarget.value } })}
        />
      ))}
      <Button
        type="submit"
        look="main"
        busy={busy}
        why={draft.name.trim() === "" ? t("why.fillIn", { field: t("agent.canned.name") }) : ""}
      >
        {t("action.save")}
      </Button>
      <Button onClick={onDone}>{t("action.cancel")}</Button>
    </form>
  );
}
