import { Button, NativeSelect, SegmentedControl } from "@mantine/core";
import { IconArrowLeft, IconPrinter } from "@tabler/icons-react";
import print from "../ui/print.module.css";
import { useGoBack } from "../ui/useGoBack";
import { labelsPerSheet, sheets } from "./papers";
import classes from "./PrintScreen.module.css";
import { printText } from "./printText";
import { paperIds, printKinds, type PaperId, type PrintKind } from "./search";
import { slipSorts, type SlipSort } from "./slip";

export type PrintChoice = { kind: PrintKind; paperId: PaperId; sort: SlipSort; first: number };

type PrintBarProps = {
  choice: PrintChoice;
  onChange: (changes: Partial<PrintChoice>) => void;
  isDisabled: boolean;
};

function options<Id extends string>(ids: readonly Id[], labels: Record<Id, string>) {
  return ids.map((value) => ({ value, label: labels[value] }));
}

/** What is printed, and on what. On the screen only. */
export function PrintBar({ choice, onChange, isDisabled }: PrintBarProps) {
  const { kind, paperId, sort, first } = choice;
  const goBack = useGoBack();
  const perSheet = labelsPerSheet(sheets[paperId]);
  return (
    <div className={`${classes.bar} ${print.hidden}`}>
      <Button variant="subtle" px="xs" leftSection={<IconArrowLeft size={18} aria-hidden />} onClick={goBack}>
        {printText.back}
      </Button>
      <SegmentedControl
        aria-label={printText.kind}
        data={options(printKinds, printText.kinds)}
        value={kind}
        onChange={(value) => onChange({ kind: value })}
      />
      <NativeSelect
        label={printText.paper}
        data={options(paperIds, printText.papers[kind])}
        value={paperId}
        onChange={({ currentTarget: { value } }) => {
          const chosen = paperIds.find((id) => id === value);
          if (chosen) onChange({ paperId: chosen });
        }}
      />
      {kind === "slips" && (
        <NativeSelect
          label={printText.lines}
          data={options(slipSorts, printText.sorts)}
          value={sort}
          onChange={({ currentTarget: { value } }) => {
            const chosen = slipSorts.find((id) => id === value);
            if (chosen) onChange({ sort: chosen });
          }}
        />
      )}
      {kind === "labels" && perSheet > 1 && (
        <NativeSelect
          label={printText.firstFree}
          data={Array.from({ length: perSheet }, (_, place) => String(place + 1))}
          value={String(Math.min(first, perSheet))}
          onChange={({ currentTarget: { value } }) => onChange({ first: Number(value) })}
        />
      )}
      <Button
        className={classes.print}
        leftSection={<IconPrinter size={18} aria-hidden />}
        disabled={isDisabled}
        onClick={() => window.print()}
      >
        {printText.print}
      </Button>
    </div>
  );
}
