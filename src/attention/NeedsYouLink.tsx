import { IconArrowRight } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useBusiness } from "../account/business";
import classes from "./NeedsYouLink.module.css";
import { needsYouText } from "./needsYouText";
import { useAttention } from "./useAttention";

/** Beside the stages of orders, to another screen: how much waits for a person, whatever its stage. Renders nothing while nothing does. */
export default function NeedsYouLink() {
  const attention = useAttention(useBusiness());
  if (!attention || attention.count === 0) return null;
  return (
    <Link to="/needs-you" className={classes.link}>
      {needsYouText.title}{" "}
      <span className={classes.count}>
        {attention.count}
        {attention.isMore && "+"}
      </span>
      <IconArrowRight size={16} aria-hidden />
    </Link>
  );
}
