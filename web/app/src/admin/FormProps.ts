/** FormProps is what the address says about a form: which object, which tab. */
export interface FormProps {
  /** "new" for one that has yet to be made. */
  id: string;
  tab: string | undefined;
}
