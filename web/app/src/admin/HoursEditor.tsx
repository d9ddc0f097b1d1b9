import { SegmentedControl, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { currentLanguage } from "../i18n";
import { zones } from "../i18n/zones";
import { Button } from "../ui/Button";
import { Card } from "../ui/Card";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import styles from "./Admin.module.css";
import {
  added,
  copied,
  fault as faultOf,
  fromClock,
  type Interval,
  ofDay,
  toClock,
  week,
  withDay,
} from "./hours";
import type { ScriptPart } from "./ScriptPart";

/** HoursEditor edits the weekly opening hours of an entry point. Source: SCR-03, SCR-06. */
export function HoursEditor({ script, fault, set }: ScriptPart) {
  const { t } = useTranslation();
  const hours = script.schedule.hours ?? [];
  const always = hours.length === 0;
  const change = (next: Interval[]) => set({ schedule: { ...script.schedule, hours: next } });
  const working = () => copied(added([], 1));
  return (
    <Card about={t("admin.hours.about")}>
      <div className={styles.fields}>
        <Select
          label={t("admin.hours.zone")}
          data={zones(script.schedule.zone)}
          value={script.schedule.zone}
          searchable
          limit={100}
          allowDeselect={false}
          error={fault("schedule.zone")}
          onChange={(zone) => set({ schedule: { ...script.schedule, zone: zone ?? script.schedule.zone } })}
        />
        <div>
          <p className={styles.label} id="open">
            {t("admin.hours.open")}
          </p>
          <SegmentedControl
            aria-labelledby="open"
            value={always ? "always" : "weekly"}
            onChange={(to) => change(to === "always" ? [] : working())}
            data={[
              { value: "always", label: t("admin.hours.always") },
              { value: "weekly", label: t("admin.hours.weekly") },
            ]}
          />
        </div>
      </div>
      {fault("schedule.hours") && <p className={styles.fault}>{fault("schedule.hours")}</p>}
      {!always && (
        <>
          <ul>
            {week.map((day) => (
              <Day
                key={day}
                day={day}
                intervals={ofDay(hours, day)}
                onChange={(intervals) => change(withDay(hours, day, intervals))}
              />
            ))}
          </ul>
          <div>
            <Button onClick={() => change(copied(hours))}>{t("admin.hours.copy")}</Button>
          </div>
        </>
      )}
    </Card>
  );
}

interface DayProps {
  day: number;
  intervals: readonly Interval[];
  onChange: (intervals: Interval[]) => void;
}

function Day({ day, intervals, onChange }: DayProps) {
  const { t } = useTranslation();
  // 2026-03-01 is a Sunday.
  const name = new Intl.DateTimeFormat(currentLanguage(), { weekday: "long", timeZone: "UTC" }).format(
    Date.UTC(2026, 2, 1 + day),
  );
  const wrong = faultOf(intervals);
  return (
    <li className={styles.day}>
      <span className={styles.dayName}>{name}</span>
      <div className={styles.row}>
        {intervals.length === 0 && <span className={styles.quiet}>{t("admin.hours.closed")}</span>}
        {intervals.map((interval, index) => (
          <span key={`${interval.from}-${interval.to}`} className={styles.row}>
            {(["from", "to"] as const).map((end) => (
              <Time
                key={end}
                label={t(`admin.hours.${end}`, { day: name })}
                value={interval[end]}
                onChange={(value) =>
                  onChange(intervals.map((i, n) => (n === index ? { ...i, [end]: value } : i)))
                }
              />
            ))}
            <IconButton
              label={t("admin.hours.remove", { day: name })}
              onClick={() => onChange(intervals.filter((_, n) => n !== index))}
            >
              <Icon name="x" size={14} />
            </IconButton>
          </span>
        ))}
        <IconButton
          label={t("admin.hours.add", { day: name })}
          onClick={() => onChange(added(intervals, day))}
        >
          <Icon name="plus" size={14} />
        </IconButton>
        {wrong && <span className={styles.fault}>{t(`admin.hours.${wrong}`)}</span>}
      </div>
    </li>
  );
}

interface TimeProps {
  label: string;
  value: number;
  onChange: (minutes: number) => void;
}

/** Time is a time of day; what is no time goes back to what it was when the field is left. */
function Time({ label, value, onChange }: TimeProps) {
  const [text, setText] = useState<string | null>(null);
  const read = text === null ? value : fromClock(text);
  return (
    <TextInput
      size="xs"
      className={styles.time}
      aria-label={label}
      inputMode="numeric"
      value={text ?? toClock(value)}
      error={read === null}
      onChange={(e) => setText(e.currentTarget.value)}
      onBlur={() => {
        if (read !== null && read !== value) onChange(read);
        setText(null);
      }}
    />
  );
}
