import { Switch } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { problemText } from "../../parts/problem";
import { Card } from "../../ui/Card";
import { toast } from "../../ui/toast";
import { crmProfileKey, useCrmProfile } from "./useCrm";

/** CrmProfile is "Interactions" of one's profile: how CRMs outside behave (DYN-07, F095). */
export function CrmProfile() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const mine = useCrmProfile().data;
  if (!mine?.connected) return null;
  async function save(on: boolean) {
    try {
      await api.put("/api/agents/me/crm", { auto_multi_match_pop: on });
    } catch (error) {
      toast(problemText(t, error), "bad");
    }
    await client.invalidateQueries({ queryKey: crmProfileKey });
  }
  return (
    <Card title={t("crm.profile.title")}>
      <Switch
        label={t("crm.profile.multi")}
        description={t(mine.locked ? "crm.profile.locked" : "crm.profile.multiHint")}
        checked={mine.auto_multi_match_pop}
        disabled={mine.locked}
        onChange={(e) => void save(e.currentTarget.checked)}
      />
    </Card>
  );
}
