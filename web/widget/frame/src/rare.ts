// What few chats show, in one file that is loaded when it is needed (UX-61).
export { Choices } from "./Choices";
export { Consent } from "./Consent";
export { Rich } from "./Rich";
export { Sent } from "./Sent";
