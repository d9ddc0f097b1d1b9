import { PasswordInput, Slider, Switch, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { useFloor, useMe } from "../live/floor";
import { KeyRemapper, LettersSwitch } from "../parts/keys/KeyRemapper";
import { over } from "../parts/over";
import { prefer, usePreferences } from "../parts/preferences";
import { fieldErrors, problemText } from "../parts/problem";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { Page } from "../ui/Page";
import { toast } from "../ui/toast";
import { CrmProfile } from "./crm/CrmProfile";
import { MyQueues } from "./MyQueues";
import { MyReplies } from "./MyReplies";
import { ring, unlockSound } from "./offer/sound";
import { PopProfile } from "./PopProfile";
import css from "./Profile.module.css";
import { useActs } from "./useActs";

/** Profile is what a person sets for themselves: name, queues, sounds, keys, password (WSP-07). */
export function Profile() {
  const { t } = useTranslation();
  const me = useMe();
  const acts = useActs();
  const gauges = useFloor((w) => w.gauges?.queues);
  return (
    <Page title={t("agent.profile.title")} back={{ href: "/agent", label: t("nav.workspace") }}>
      <div className={css.cards}>
        <Name />
        <Card>
          <MyQueues
            queues={me.queues}
            gauges={gauges ?? []}
            mayToggle={me.may.toggle_queues}
            onConfirm={acts.queues}
          />
        </Card>
        <MyReplies />
        <PopProfile />
        <CrmProfile />
        <Comforts />
        <Card title={t("help.mine")}>
          <div className={css.form}>
            <LettersSwitch />
            <KeyRemapper />
          </div>
        </Card>
        <Password />
      </div>
    </Page>
  );
}

function Name() {
  const { t } = useTranslation();
  const me = useMe();
  const [name, setName] = useState(me.display_name);
  const [signature, setSignature] = useState(me.signature);
  const [error, setError] = useState<unknown>();
  async function save(e: FormEvent) {
    e.preventDefault();
    setError(undefined);
    try {
      await api.put("/api/agents/me/profile", { display_name: name, signature });
      toast(t("agent.profile.saved"), "good");
    } catch (problem) {
      setError(problem);
    }
  }
  const faults = fieldErrors(t, error);
  const same = name === me.display_name && signature === me.signature;
  return (
    <Card title={t("agent.profile.me")}>
      <form className={css.form} onSubmit={(e) => void save(e)}>
        <TextInput
          label={t("agent.profile.name")}
          description={t("agent.profile.nameHint")}
          value={name}
          disabled={!me.may.edit_profile}
          error={faults.display_name ?? (error !== undefined && !faults.signature && problemText(t, error))}
          onChange={(e) => setName(e.currentTarget.value)}
        />
        <Textarea
          label={t("agent.profile.signature")}
          description={t("agent.profile.signatureHint")}
          rows={2}
          value={signature}
          disabled={!me.may.edit_profile}
          error={over(t, signature, 160) ?? faults.signature}
          onChange={(e) => setSignature(e.currentTarget.value)}
        />
        {me.may.edit_profile && (
          <Button
            type="submit"
            look="main"
            why={
              same
                ? t("why.same")
                : name.trim() === ""
                  ? t("why.fillIn", { field: t("agent.profile.name") })
                  : ""
            }
          >
            {t("action.save")}
          </Button>
        )}
        {!me.may.edit_profile && <p className={css.quiet}>{t("agent.profile.popsLocked")}</p>}
        <p className={css.quiet}>{t("agent.profile.signedIn", { login: me.login, group: me.group.name })}</p>
      </form>
    </Card>
  );
}

function Comforts() {
  const { t } = useTranslation();
  const p = usePreferences();
  async function test() {
    await unlockSound();
    ring();
  }
  return (
    <Card title={t("agent.profile.comforts")}>
      <div className={css.form}>
        <Switch
          label={t("agent.profile.sound")}
          checked={p.sound}
          onChange={(e) => prefer({ sound: e.currentTarget.checked })}
        />
        <div className={css.volume}>
          <span id="volume-label">{t("agent.profile.volume")}</span>
          <Slider
            aria-labelledby="volume-label"
            thumbLabel={t("agent.profile.volume")}
            min={0}
            max={1}
            step={0.1}
            label={null}
            value={p.volume}
            disabled={!p.sound}
            onChange={(volume) => prefer({ volume })}
          />
          <Button size="xs" why={p.sound ? "" : t("agent.profile.silent")} onClick={() => void test()}>
            {t("agent.profile.test")}
          </Button>
        </div>
        <Switch
          label={t("agent.profile.notify")}
          checked={p.notify}
          onChange={(e) => prefer({ notify: e.currentTarget.checked })}
        />
        <Switch
          label={t("agent.profile.notifyWords")}
          checked={p.notifyWords}
          disabled={!p.notify}
          onChange={(e) => prefer({ notifyWords: e.currentTarget.checked })}
        />
        <Switch
          label={t("agent.profile.enterSends")}
          checked={p.enterSends}
          onChange={(e) => prefer({ enterSends: e.currentTarget.checked })}
        />
      </div>
    </Card>
  );
}

function Password() {
  const { t } = useTranslation();
  const [form, setForm] = useState({ old: "", new: "" });
  const [error, setError] = useState<unknown>();
  async function save(e: FormEvent) {
    e.preventDefault();
    setError(undefined);
    try {
      await api.put("/api/agents/me/password", form);
      setForm({ old: "", new: "" });
      toast(t("agent.profile.passwordSaved"), "good");
    } catch (problem) {
      setError(problem);
    }
  }
  const faults = fieldErrors(t, error);
  return (
    <Card title={t("agent.profile.password")}>
      <form className={css.form} onSubmit={(e) => void save(e)}>
        <PasswordInput
          label={t("agent.profile.current")}
          autoComplete="current-password"
          value={form.old}
          error={faults.old ?? (error !== undefined && !faults.new && problemText(t, error))}
          onChange={(e) => setForm({ ...form, old: e.currentTarget.value })}
        />
        <PasswordInput
          label={t("agent.profile.new")}
          autoComplete="new-password"
          value={form.new}
          error={faults.new}
          onChange={(e) => setForm({ ...form, new: e.currentTarget.value })}
        />
        <Button
          type="submit"
          why={
            form.old && form.new
              ? ""
              : t("why.fillIn", { field: t(form.old ? "agent.profile.new" : "agent.profile.current") })
          }
        >
          {t("agent.profile.change")}
        </Button>
      </form>
    </Card>
  );
}
