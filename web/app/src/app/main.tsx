import "./trusted";
import "../ui/mantine.css";
import "../ui/tokens.css";
import "../ui/base.css";
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Router } from "wouter";
import { queryClient } from "../api/query";
import { startWords, toLanguage } from "../i18n";
import { base } from "../panel/surface";
import { theme, variables } from "../ui/theme";
import { App } from "./App";
import { ErrorBoundary } from "./ErrorBoundary";
import { remembered } from "./remembered";
import { SSODone } from "./SSODone";

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";
// Libraries that make style elements of their own look for the nonce here.
Object.assign(globalThis, { __webpack_nonce__: nonce });

await startWords(toLanguage(remembered.language() ?? navigator.language));

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={queryClient}>
        <ErrorBoundary>
          <Router base={base}>{location.pathname === "/sso/done" ? <SSODone /> : <App />}</Router>
        </ErrorBoundary>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
