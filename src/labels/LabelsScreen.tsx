import { Button, Text, Title } from "@mantine/core";
import { IconArrowRight, IconPrinter } from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import { useBusiness } from "../account/business";
import print from "../ui/print.module.css";
import { SearchField } from "../ui/SearchField";
import classes from "./LabelsScreen.module.css";
import { labelsText } from "./labelsText";
import { qrPath } from "./qrPath";

/** A4 sheets of 3 x 8 labels, 70 x 36 mm each, as many makers sell them. */
const LABELS_PER_SHEET = 24;

const naturalOrder = new Intl.Collator("en", { numeric: true });

function Label({ bin }: { bin: string }) {
  const { path, size } = qrPath(bin);
  return (
    <li className={classes.label}>
      <svg
        className={classes.code}
        viewBox={`0 0 ${size} ${size}`}
        role="img"
        aria-label={labelsText.code(bin)}
      >
        <path d={path} />
      </svg>
      <span className={classes.name} data-long={bin.length > 7 || undefined}>
        {bin}
      </span>
    </li>
  );
}

function sheetsOf(bins: readonly string[]): string[][] {
  const sorted = bins.toSorted((a, b) => naturalOrder.compare(a, b));
  return Array.from({ length: Math.ceil(sorted.length / LABELS_PER_SHEET) }, (_, sheet) =>
    sorted.slice(sheet * LABELS_PER_SHEET, (sheet + 1) * LABELS_PER_SHEET),
  );
}

/** Labels of bins with a QR code of the bin's name, by sheet, to print and stick on. */
export function LabelsScreen() {
  const { businessAccountId } = useBusiness();
  const { prefix = "", after = null } = useSearch({ from: "/labels" });
  const navigate = useNavigate({ from: "/labels" });
  const found = useQuery(api.inventory.bins.list, { businessAccountId, prefix, after });
  const sheets = sheetsOf(found?.bins ?? []);
  const last = found?.bins.at(-1);
  return (
    <div className={classes.screen}>
      <title>{labelsText.title}</title>
      <div className={`${classes.head} ${print.hidden}`}>
        <Title order={1}>{labelsText.title}</Title>
        <SearchField
          label={labelsText.prefix}
          placeholder={labelsText.prefixExample}
          search={prefix}
          onSearch={(typed) =>
            void navigate({ search: typed === "" ? {} : { prefix: typed }, replace: true })
          }
        />
        <Button
          leftSection={<IconPrinter size={18} aria-hidden />}
          disabled={sheets.length === 0}
          onClick={() => window.print()}
        >
          {labelsText.print(sheets.length)}
        </Button>
        {found?.isMore === true && last !== undefined && (
          <Button
            variant="default"
            rightSection={<IconArrowRight size={18} aria-hidden />}
            renderRoot={(props) => (
              <Link {...props} to="/labels" search={{ ...(prefix !== "" && { prefix }), after: last }} />
            )}
          >
            {labelsText.next}
          </Button>
        )}
        <Text size="sm" className={classes.hint}>
          {labelsText.hint}
        </Text>
      </div>
      {found && sheets.length === 0 && (
        <Text>
          {labelsText.noBin} <Link to="/inventory">{labelsText.lots}</Link>
        </Text>
      )}
      {sheets.map((bins) => (
        <ul key={bins[0]} className={classes.sheet} aria-label={labelsText.sheet(bins[0])}>
          {bins.map((bin) => (
            <Label key={bin} bin={bin} />
          ))}
        </ul>
      ))}
    </div>
  );
}
