// What few chats show, in one file that is loaded when it is needed (UX-61).
export { Consent } from "./Consent";
export { Sent } from "./Sent";
