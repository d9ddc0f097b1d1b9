import "./people";
