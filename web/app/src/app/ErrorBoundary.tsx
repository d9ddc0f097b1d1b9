import i18next from "i18next";
import { Component, type ReactNode } from "react";
import { Button } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";

/** ErrorBoundary keeps a fault in one part of the page from taking the rest. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override componentDidCatch(error: unknown) {
    console.error(error);
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <EmptyState icon="triangle" title={i18next.t("error.title")} text={i18next.t("error.boundary")}>
        <Button onClick={() => this.setState({ failed: false })}>{i18next.t("action.retry")}</Button>
        <Button onClick={() => location.reload()}>{i18next.t("action.reload")}</Button>
      </EmptyState>
    );
  }
}
