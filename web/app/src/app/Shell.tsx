import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Redirect, useLocation } from "wouter";
import { useMe } from "../live/floor";
import { Button } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";
import { ErrorBoundary } from "./ErrorBoundary";
import { placeAt, placesOf } from "./routes";
import { Splash } from "./Splash";
import type { Away } from "./session";

/** Shell frames every area: header, navigation, news, and the area itself. */
export function Shell({ onLeave: _ }: { onLeave: (why: Away) => void }) {
  const { t } = useTranslation();
  const [location, navigate] = useLocation();
  const all = placesOf(useMe());
  const place = placeAt(all, location);
  if (location === "/" && all[0]) return <Redirect to={all[0].href} />;
  const Area = place?.area;
  return (
    <ErrorBoundary key={place?.href}>
      <Suspense fallback={<Splash />}>
        {Area ? (
          <Area />
        ) : (
          <EmptyState title={t("nav.notFound")}>
            <Button onClick={() => navigate("/")}>{t("nav.goHome")}</Button>
          </EmptyState>
        )}
      </Suspense>
    </ErrorBoundary>
  );
}
