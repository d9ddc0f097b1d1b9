import mark from "../ui/icon.svg";

/** Mark is the product's sign. Its name stands beside it. */
export function Mark({ size = 26 }: { size?: number }) {
  return <img src={mark} width={size} height={size} alt="" />;
}
