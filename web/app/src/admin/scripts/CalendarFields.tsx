import { Select, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { over } from "../../parts/over";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { IconButton } from "../../ui/IconButton";
import styles from "../Admin.module.css";
import { blanks } from "../blanks";
import { HoursEditor } from "../HoursEditor";
import { fromClock, toClock } from "../hours";
import type { Calendar, SpecialDay } from "../types";
import type { FieldsProps } from "./Fields";
import own from "./Scripts.module.css";

const exits = [
  "closed",
  "open",
  "exception1",
  "exception2",
  "exception3",
  "exception4",
  "exception5",
  "exception6",
] as const;

/** CalendarFields are the hours of the week and the days unlike them. Source: SCR-06. */
export function CalendarFields({ object, fault, set }: FieldsProps) {
  const calendar: Calendar = object.calendar ?? { zone: "UTC", hours: [], special: [] };
  const change = (next: Partial<Calendar>) => set({ calendar: { ...calendar, ...next } });
  return (
    <>
      <HoursEditor
        script={{ ...blanks["entry-points"].script, schedule: calendar }}
        fault={(field) => fault(field.replace("schedule", "calendar"))}
        set={({ schedule }) => schedule && change(schedule)}
      />
      <SpecialDays days={calendar.special ?? []} fault={fault} onChange={(special) => change({ special })} />
    </>
  );
}

interface SpecialDaysProps {
  days: SpecialDay[];
  fault: FieldsProps["fault"];
  onChange: (days: SpecialDay[]) => void;
}

function SpecialDays({ days, fault, onChange }: SpecialDaysProps) {
  const { t } = useTranslation();
  const change = (at: number, next: Partial<SpecialDay>) =>
    onChange(days.map((day, n) => (n === at ? { ...day, ...next } : day)));
  const today = new Date().toISOString().slice(0, 10);
  return (
    <fieldset className={own.palette}>
      <legend className={styles.label}>{t("scripts.special")}</legend>
      <p className={styles.quiet}>{t("scripts.specialHint")}</p>
      <div className={styles.stack}>
        {days.map((day, at) => (
          <div key={at} className={own.part}>
            <TextInput
              label={t("scripts.day.name")}
              value={day.name}
              error={over(t, day.name, 80) ?? fault(`calendar.special[${at}].name`)}
              onChange={(e) => change(at, { name: e.currentTarget.value })}
            />
            {(["first", "last"] as const).map((end) => (
              <TextInput
                key={end}
                type="date"
                label={t(`scripts.day.${end}`)}
                value={day[end]}
                error={fault(`calendar.special[${at}].${end}`)}
                onChange={(e) => change(at, { [end]: e.currentTarget.value })}
              />
            ))}
            <Switch
              label={t("scripts.day.yearly")}
              checked={day.yearly ?? false}
              onChange={(e) => change(at, { yearly: e.currentTarget.checked })}
            />
            <Switch
              label={t("scripts.day.whole")}
              checked={day.to === 0}
              onChange={(e) =>
                change(at, e.currentTarget.checked ? { from: 0, to: 0 } : { from: 540, to: 720 })
              }
            />
            {day.to !== 0 &&
              (["from", "to"] as const).map((end) => (
                <TextInput
                  key={end}
                  type="time"
                  label={t(`scripts.day.${end}`)}
                  value={toClock(day[end])}
                  error={fault(`calendar.special[${at}].${end}`)}
                  onChange={(e) => change(at, { [end]: fromClock(e.currentTarget.value) ?? day[end] })}
                />
              ))}
            <Select
              label={t("scripts.day.exit")}
              data={exits.map((value) => ({
                value,
                label: value.startsWith("exception")
                  ? t("scripts.exit.exception", { n: value.slice(9) })
                  : t(`scripts.exit.${value as "open" | "closed"}`),
              }))}
              value={day.exit}
              allowDeselect={false}
              onChange={(exit) => change(at, { exit: exit ?? day.exit })}
            />
            <div>
              <IconButton
                label={t("admin.removeOf", { name: day.name || day.first })}
                onClick={() => onChange(days.filter((_, n) => n !== at))}
              >
                <Icon name="x" size={16} />
              </IconButton>
            </div>
          </div>
        ))}
      </div>
      <Button
        size="xs"
        look="soft"
        icon={<Icon name="plus" size={14} />}
        onClick={() =>
          onChange([...days, { name: "", first: today, last: "", from: 0, to: 0, exit: "closed" }])
        }
      >
        {t("scripts.addDay")}
      </Button>
    </fieldset>
  );
}
