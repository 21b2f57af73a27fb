"""Executes notebooks from a clean state and writes them back: execute.py KERNEL FOLDER NOTEBOOK…, to run in the folder.

nbconvert cannot do it: the kernel of Deno 2.9 tells that a cell is done before it sends the output, and names the next cell as the parent of an output
that is late. So behind each cell an expression is executed whose output is known; outputs come in order, and what comes before that one is the cell's.
"""

import sys
from queue import Empty

import nbformat
from jupyter_client.manager import start_new_kernel
from nbformat.v4 import output_from_msg

SECONDS = 60
OUTPUTS = {"execute_result", "display_data", "stream", "error"}


def run(client, code, mark):
    """The outputs of a piece of code, up to that of the mark."""
    client.execute(code, stop_on_error=False)
    client.execute(repr(mark), store_history=False, stop_on_error=False)
    outputs = []
    while True:
        message = client.get_iopub_msg(timeout=SECONDS)
        if message["msg_type"] not in OUTPUTS:
            continue
        output = output_from_msg(message)
        if mark in output.get("data", {}).get("text/plain", ""):
            return outputs
        last = outputs[-1] if outputs else {}
        if output.output_type == "stream" and last.get("name") == output.name:
            last.text += output.text
        else:
            outputs.append(output)


def execute(path, kernel, folder):
    notebook = nbformat.read(path, as_version=4)
    manager, client = start_new_kernel(kernel_name=kernel, cwd=folder)
    try:
        cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        for count, cell in enumerate(cells, 1):
            cell.outputs = run(client, cell.source, f"end of cell {count}")
            cell.execution_count = count
            for output in cell.outputs:
                if "execution_count" in output:
                    output.execution_count = count
    except Empty:
        sys.exit(f"{path}: cell {count} gave no answer in {SECONDS} s.")
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    nbformat.write(notebook, path)


if __name__ == "__main__":
    for name in sys.argv[3:]:
        execute(name, *sys.argv[1:3])
